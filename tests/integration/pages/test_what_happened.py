"""The record of what happened, in sentences: who may read it, filters, names, and the file."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

import steward
from steward.access.roles import Role
from steward.audit import operations as audit
from steward.audit import wording
from steward.audit.models import AuditEvent
from steward.audit.operations import Program
from steward.register.models import Authority, School

CLOCK = Program("The clock")
ADDRESS = "/what-happened/"
READERS = (Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE)
_VERB = re.compile(
    r"\"((?:access|categorisation|early_warning|equality|evidence|register|reminders)\.[a-z_.]+)\""
)


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _record(verb, kind="school", subject=100001, **details):
    with transaction.atomic():
        return audit.record(verb, actor=CLOCK, subject_kind=kind, subject_id=subject, details=details)


@pytest.fixture
def school(db):
    authority = Authority.objects.create(code="399", name="Aldermere")
    return School.objects.create(
        urn=100001,
        authority=authority,
        name="Ash Grove School",
        phase="primary",
        governance="maintained",
        standing="open",
        as_at="2026-01-01",
        release="register",
    )


@pytest.mark.parametrize("role", list(Role))
def test_only_who_audits_reads_it(role, client_of, school):
    client = client_of(role, urn=school.pk if role is Role.SCHOOL_USER else None)
    expected = 200 if role in READERS else 403
    assert client.get(ADDRESS).status_code == expected
    assert client.get(reverse("pages:what-happened-csv")).status_code == expected


def test_events_are_sentences_with_names(client_of, school):
    _record("early_warning.event.recorded", kind_of_event="new_head")
    _record("categorisation.decision.made_final", kind="decision", subject=4, urn=school.pk)
    text = _text(client_of(Role.ADMINISTRATOR).get(ADDRESS))
    assert "The clock recorded an event at Ash Grove School (school 100001)" in text
    assert "The clock made decision 4 final" in text
    assert "early_warning.event" not in text
    assert "kind of event: new head" in text


def test_a_person_is_named(client_of, person_with, school):
    adviser = person_with(Role.ADVISER)
    _record("access.person.ended", kind="person", subject=adviser.pk)
    text = _text(client_of(Role.ADMINISTRATOR).get(ADDRESS))
    assert f"ended the access of {adviser.name} (person {adviser.pk})" in text


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"school": "100001"}, 2),
        ({"app": "categorisation"}, 1),
        ({"text": "final"}, 1),
        ({"text": "recorded an event"}, 1),
        ({"who": "CLOCK"}, 3),
        ({"since_day": "1", "since_month": "1", "since_year": "2999"}, 0),
        ({"until_day": "1", "until_month": "1", "until_year": "2999", "who": "clock"}, 3),
        ({"school": "1000019"}, 0),
    ],
)
def test_filters_narrow_the_list_and_the_file_alike(asked, count, client_of, school):
    _record("early_warning.event.recorded")
    _record("categorisation.decision.made_final", kind="decision", subject=4, urn=school.pk)
    _record("evidence.rebuilt", kind="generation", subject="g-1")
    client = client_of(Role.ADMINISTRATOR)
    found = client.get(ADDRESS, asked)
    assert found.status_code == 200
    assert found.context["count"] == count
    rows = client.get(reverse("pages:what-happened-csv"), asked).content.decode("utf-8-sig")
    assert len(rows.strip().splitlines()) == count + 1


def test_a_filter_makes_no_claim_that_nothing_is_missing(client_of, school):
    _record("evidence.rebuilt", kind="generation", subject="g-1")
    client = client_of(Role.ADMINISTRATOR)
    assert "as recorded, with none taken out" in _text(client.get(ADDRESS))
    assert "Filters leave gaps" in _text(client.get(ADDRESS, {"who": "clock"}))


def test_a_urn_that_is_none_is_told_and_keeps_the_other_filters(client_of, school):
    _record("evidence.rebuilt", kind="generation", subject="g-1")
    response = client_of(Role.ADMINISTRATOR).get(ADDRESS, {"school": "abc", "who": "clock"})
    assert "Enter the URN as a number" in _text(response)
    assert response.context["count"] == 1


def test_taking_the_file_is_recorded(client_of, school):
    client_of(Role.ADMINISTRATOR).get(reverse("pages:what-happened-csv"))
    assert AuditEvent.objects.filter(verb="audit.events.exported").count() == 1


def test_no_verb_is_printed_raw():
    sources = Path(steward.__path__[0]).rglob("*.py")
    verbs = {verb for path in sources for verb in _VERB.findall(path.read_text(encoding="utf-8"))}
    assert len(verbs) > 40
    for verb in verbs:
        said = wording.what(verb, subject="it")
        assert "_" not in said, verb
        assert "." not in said, verb


def test_pages_of_events_ask_no_more_for_more_events(client_of, school, django_assert_max_num_queries):
    for number in range(60):
        _record("early_warning.event.recorded", number=number)
    client = client_of(Role.ADMINISTRATOR)
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


def test_the_terms_are_public_and_linked_from_every_page(client, db):
    assert "Terms of use" in _text(client.get(reverse("access:terms")))
    assert reverse("access:terms") in client.get(reverse("access:sign-in")).content.decode()


def test_the_second_step_has_a_square_code(client_of):
    page = client_of(Role.ADVISER).get(reverse("access:second-step")).content.decode()
    assert 'src="data:image/svg+xml' in page


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("categorisation.draft.movers_downloaded", "downloaded it"),
        ("categorisation.letter.draft_downloaded", "downloaded it"),
        ("pages.area.exported", "downloaded it"),
        ("early_warning.event.taken_out", "took out an event at it that should not have been recorded"),
    ],
)
def test_downloads_and_events_are_told_in_words(verb, said):
    assert wording.what(verb, subject="it") == said


def test_details_are_named_in_words():
    assert wording.detail_of("pdf_sha256") == "fingerprint of the PDF"
    assert wording.detail_of("next_step_by") == "next step by"
