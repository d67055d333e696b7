"""Every change on one page; what is new since somebody looked; what is due at home; definitions."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from steward.access.roles import Role
from steward.early_warning.models import Concern, ConcernStep
from steward.pages.queries import all_changes
from steward.pages.queries import home as queries
from steward.pages.queries.all_changes import Wanted
from steward.pages.queries.changes import Kind, Towards
from steward.register.models import School
from steward.reminders.operations import personal

SEES = (
    Role.ADMINISTRATOR,
    Role.DATA_OFFICER,
    Role.ADVISER,
    Role.SENIOR_ADVISER,
    Role.HEAD_OF_SERVICE,
)


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _school(sample_home) -> School:
    return School.objects.filter(authority=sample_home.authority, standing="open").order_by("urn")[0]


def _concern(school, *, by, days=-2) -> Concern:
    now = timezone.now()
    given = {"raised_by": by, "raised_by_name": by.name}
    concern = Concern.objects.create(
        school=school,
        topic="finance",
        origin="visit",
        level="concern",
        facts="A deficit.",
        next_step_by=timezone.localdate() + timedelta(days=days),
        raised_on=timezone.localdate(),
        raised_at=now,
        **given,
    )
    ConcernStep.objects.create(
        concern=concern,
        act="raise",
        after="raised",
        level="concern",
        reason="A deficit was found.",
        taken_at=now,
        taken_by=by,
        taken_by_name=by.name,
    )
    return concern


@pytest.mark.parametrize("role", list(Role))
def test_only_who_sees_proposals_sees_every_change(role, client_of, sample_home):
    client = client_of(role, urn=_school(sample_home).pk if role is Role.SCHOOL_USER else None)
    expected = 200 if role in SEES else 403
    assert client.get(reverse("pages:changes")).status_code == expected
    assert client.get(reverse("pages:changes-csv")).status_code == expected


def test_the_page_tells_all_kinds_both_ways_with_filters_sort_and_file(client_of, sample_home):
    client = client_of(Role.HEAD_OF_SERVICE)
    whole = client.get(reverse("pages:changes"))
    total = whole.context["count"]
    assert total > 50
    counts = [
        client.get(reverse("pages:changes"), {"towards": each.value}).context["count"] for each in Towards
    ]
    assert sum(counts) == total
    assert counts[0]
    assert counts[1]
    assert client.get(reverse("pages:changes"), {"page": "2"}).context["page"].number == 2
    asked = {"kind": "figure", "towards": "better", "sort": "name"}
    found = client.get(reverse("pages:changes"), asked)
    names = [row[0].content for row in found.context["table"].rows]
    assert names == sorted(names)
    rows = client.get(reverse("pages:changes-csv"), asked).content.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == found.context["count"] + 1
    assert "No change fits" in _text(client.get(reverse("pages:changes"), {"text": "no such school"}))


def test_what_was_marked_as_read_is_told_no_more_and_what_follows_is(client, person_with, sample_home):
    head = person_with(Role.HEAD_OF_SERVICE)
    client.force_login(head)
    assert queries.for_head(head).changed.proposals.total
    page = client.get("/").content.decode()
    moment = re.search(r'name="moment" value="([^"]+)"', page)[1]
    assert client.post(reverse("reminders:looked"), {"moment": moment}).status_code == 302
    changed = queries.for_head(head).changed
    assert changed.nothing
    assert "since you last looked" in _text(client.get("/"))
    school = _school(sample_home)
    _concern(school, by=head)
    changed = queries.for_head(head).changed
    assert [(each.kind, each.name) for each in changed.people.shown] == [(Kind.CONCERN, school.name)]
    told = all_changes.all_changes(head, wanted=Wanted(unread=True)).found
    assert [each.kind for each in told] == [Kind.CONCERN]


def test_home_says_what_is_due_what_is_next_and_what_is_watched(client, person_with, sample_home):
    head = person_with(Role.HEAD_OF_SERVICE)
    school = _school(sample_home)
    client.force_login(head)
    empty = _text(client.get("/"))
    assert "Nothing is due." in empty
    assert "You watch no school yet" in empty
    _concern(school, by=head)
    personal.watch(school.pk, reason="Two heads in a year", actor=head)
    text = _text(client.get("/"))
    assert "1 thing on your list: 1 overdue." in text
    assert "Begin to assess a concern" in text
    assert "Two heads in a year" in text
    assert "You await no answer." in text


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.SCHOOL_USER])
def test_members_and_schools_are_told_nothing_of_concerns(role, client, person_with, sample_home):
    school = _school(sample_home)
    _concern(school, by=person_with(Role.HEAD_OF_SERVICE))
    client.force_login(person_with(role, urn=school.pk if role is Role.SCHOOL_USER else None))
    text = _text(client.get("/"))
    assert "oncern" not in text
    assert "deficit" not in text


def test_a_school_user_sees_own_figures_and_that_nothing_was_shared(client_of, sample_home, person_with):
    listed = queries.for_head(person_with(Role.HEAD_OF_SERVICE)).listed.rows
    urn = next(row.urn for row in listed if row.headline_measure and row.standing == "open")
    text = _text(client_of(Role.SCHOOL_USER, urn=urn).get("/"))
    assert "Nothing is due." in text
    assert "No letter has been shared with your school yet" in text
    assert "Our figures" in text
    assert "Newest figure" in text


def test_the_data_officer_is_told_when_proposals_are_behind(client_of, sample_home):
    client = client_of(Role.DATA_OFFICER)
    text = _text(client.get("/"))
    behind = client.get("/").context["found"].proposals_behind
    assert ("The proposals were worked out on" in text) is (behind is not None)
    assert "Definitions and when they are looked at again" in text


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-01-01", "2025-12-31"),
        ("2026-04-30", "2025-12-31"),
        ("2026-05-01", "2026-04-30"),
        ("2026-08-31", "2026-04-30"),
        ("2026-12-31", "2026-08-31"),
    ],
)
def test_terms_end_where_the_next_begins(day, end):
    from datetime import date  # noqa: PLC0415

    assert queries.end_of_last_term(date.fromisoformat(day)) == date.fromisoformat(end)


def test_definitions_are_listed_filtered_and_taken_away(client_of, db):
    client = client_of(Role.ADMINISTRATOR)
    whole = client.get(reverse("pages:definitions"))
    assert whole.context["count"] > 200
    assert "None is overdue" in _text(whole)
    letters = client.get(reverse("pages:definitions-of", args=["letters"]))
    assert 0 < letters.context["count"] < 20
    assert client.get(reverse("pages:definitions-of", args=["no_such"])).status_code == 404
    assert client.get(reverse("pages:definitions"), {"text": "pupil absence"}).context["count"] >= 1
    rows = client.get(reverse("pages:definitions-csv")).content.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == whole.context["count"] + 1
