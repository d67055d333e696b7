"""The policy as pages: who may read it, and that it is what the rules print."""

from pathlib import Path
from shutil import copy

import pytest
from django.test import Client
from django.urls import reverse

from integration.categorisation.conftest import ACTOR, Tables
from steward.access.models import Person
from steward.access.roles import Role
from steward.categorisation import queries
from steward.categorisation.operations import propose
from steward.definitions import FOLDER


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path


def _signed_in(role: str) -> Client:
    urn = 100001 if role == Role.SCHOOL_USER else None
    client = Client()
    client.force_login(
        Person.objects.create(name="Reader", email="reader@example.org", role=role, school_urn=urn)
    )
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ADVISER, Role.SCRUTINY_MEMBER, Role.SCHOOL_USER])
def test_everybody_who_signs_in_may_read_the_policy(role: str) -> None:
    client = _signed_in(role)
    listed = client.get(reverse("categorisation:policies"))
    assert listed.status_code == 200
    for ruleset in queries.policies():
        assert reverse("categorisation:policy", args=[ruleset.id]) in listed.content.decode()


@pytest.mark.django_db
def test_the_page_holds_every_paragraph_of_the_policy() -> None:
    page = _signed_in(Role.ADVISER).get(reverse("categorisation:policy", args=["havering"]))
    assert page.status_code == 200
    assert list(page.context["paragraphs"]) == list(queries.policy_paragraphs("havering"))
    assert "5. When a school is proposed for “Support category 3B”" in page.content.decode()


@pytest.mark.django_db
def test_an_unknown_policy_is_not_found() -> None:
    assert _signed_in(Role.ADVISER).get(reverse("categorisation:policy", args=["nothing"])).status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get(reverse("categorisation:policies"))
    assert answer.status_code == 302
    assert reverse("access:sign-in") in answer["Location"]


@pytest.fixture
def own_policy(settings, tmp_path) -> Path:
    """A copy of the policy of four categories in a folder of the authority's own."""
    folder = tmp_path / "definitions" / "rulesets"
    folder.mkdir(parents=True)
    settings.STEWARD_DEFINITIONS = str(tmp_path / "definitions")
    return Path(copy(FOLDER / "rulesets" / "four-category.yaml", folder))


def _edit(path: Path, *, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.django_db
def test_the_page_follows_an_edited_ruleset_and_says_under_which_version_proposals_were_made(
    own_policy: Path, tables: Tables, settings
) -> None:
    tables.put("first")
    settings.STEWARD_AUTHORITY = "999"
    client, page = _signed_in(Role.ADVISER), reverse("categorisation:policy", args=["four-category"])
    assert "worked out under" not in client.get(page).content.decode()

    propose(actor=ACTOR, authority="999")
    before = client.get(page).content.decode()
    assert "is below 40%" in before
    assert "worked out under version 1, as at 31 December 2019." in before
    assert "has been changed since" not in before

    _edit(
        own_policy, old="indicator: five_good_gcses, than: 40}", new="indicator: five_good_gcses, than: 35}"
    )
    same_version = client.get(page).content.decode()
    assert "is below 35%" in same_version
    assert "is below 40%" not in same_version
    assert "has been changed since" in same_version

    _edit(own_policy, old='version: "1"', new='version: "2"')
    edited = client.get(page).content.decode()
    assert "Version 2, in effect" in edited
    assert "worked out under version 1, as at 31 December 2019. The policy has been changed since" in edited

    run = propose(actor=ACTOR, authority="999")
    assert run.ruleset_version == "2"
    after = client.get(page).content.decode()
    assert "worked out under version 2, as at 31 December 2019." in after
    assert "has been changed since" not in after


@pytest.mark.django_db
def test_a_ruleset_that_cannot_be_read_is_said_in_a_sentence(own_policy: Path) -> None:
    _edit(own_policy, old="indicator: five_good_gcses, than: 40}", new="indicator: nothing, than: 40}")
    client = _signed_in(Role.ADVISER)
    answer = client.get(reverse("categorisation:policy", args=["four-category"]))
    assert answer.status_code == 500
    assert "there is no indicator &#x27;nothing&#x27;" in answer.content.decode()
    own_policy.write_text("id: [", encoding="utf-8")
    assert client.get(reverse("categorisation:policies")).status_code == 500
