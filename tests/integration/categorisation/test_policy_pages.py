"""The policy as pages: who may read it, and that it is what the rules print."""

import pytest
from django.test import Client
from django.urls import reverse

from steward.access.models import Person
from steward.access.roles import Role
from steward.categorisation import queries


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
    assert "5. When a school is proposed for “Category 3B”" in page.content.decode()


@pytest.mark.django_db
def test_an_unknown_policy_is_not_found() -> None:
    assert _signed_in(Role.ADVISER).get(reverse("categorisation:policy", args=["nothing"])).status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get(reverse("categorisation:policies"))
    assert answer.status_code == 302
    assert reverse("access:sign-in") in answer["Location"]
