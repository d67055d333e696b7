"""What an unfriendly reader tries: impossible days, mistakes, missing figures, and two methods compared."""

import dataclasses
import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.analysis.scoring.inputs import score_text
from steward.audit.operations import Program
from steward.early_warning.models import KeptScore, ScoreRun
from steward.early_warning.operations import events, scoring
from steward.early_warning.policies import NotPossible
from steward.early_warning.queries import events as event_queries
from steward.early_warning.queries import scores
from steward.evidence.models import LocalFact
from steward.register import queries as register

ACTOR = Program("The tests")
TODAY = timezone.localdate()


@pytest.fixture
def school(sample_home):
    return register.schools_of(sample_home.authority)[0]


def _event(school, **changed):
    given = {"kind": "head_leaving", "since": TODAY, "evidence": "Letter of the chair"} | changed
    return events.NewEvent(school.urn, **given)


@pytest.mark.parametrize("since", [date(1066, 10, 14), date(9999, 12, 31), TODAY + timedelta(days=400)])
def test_an_event_is_near_today(school, person_with, since):
    with pytest.raises(NotPossible, match="correct the day"):
        events.record(_event(school, since=since), actor=person_with(Role.ADVISER))
    assert not LocalFact.objects.exists()


def test_an_event_recorded_by_mistake_counts_for_nothing_and_stays_readable(school, person_with):
    adviser = person_with(Role.ADVISER)
    kinds = ("head_leaving", "staffing_concern", "governance_concern")
    kept = [events.record(_event(school, kind=kind), actor=adviser) for kind in kinds]
    assert event_queries.discussions(TODAY, viewer=adviser)
    taken = events.take_out(kept[0].pk, reason="It was another school", actor=adviser)
    assert (taken.fact_id, taken.mistaken_because) == (None, "It was another school")
    assert not event_queries.discussions(TODAY, viewer=adviser)
    assert event_queries.live_on(TODAY, viewer=adviser).count() == 2
    assert LocalFact.objects.count() == 2
    for act in (
        lambda: events.take_out(kept[0].pk, reason="Again", actor=adviser),
        lambda: events.end(kept[0].pk, last_day=TODAY, reason="Ended", actor=adviser),
    ):
        with pytest.raises(NotPossible, match="already"):
            act()


def test_who_may_not_record_a_kind_may_not_end_it(school, person_with):
    kept = events.record(
        _event(school, kind="safeguarding_concern", evidence="Case 12"),
        actor=person_with(Role.SENIOR_ADVISER),
    )
    for act in (
        lambda: events.end(kept.pk, last_day=TODAY, reason="Closed", actor=person_with(Role.ADVISER)),
        lambda: events.take_out(kept.pk, reason="Closed", actor=person_with(Role.DATA_OFFICER)),
    ):
        with pytest.raises(NotPossible, match="recorded by other roles"):
            act()


def test_an_event_is_ended_once(school, person_with):
    adviser = person_with(Role.ADVISER)
    kept = events.record(_event(school, since=TODAY - timedelta(days=9)), actor=adviser)
    events.end(kept.pk, last_day=TODAY, reason="A head was appointed", actor=adviser)
    with pytest.raises(NotPossible, match="already"):
        events.end(kept.pk, last_day=TODAY - timedelta(days=1), reason="Sooner", actor=adviser)


def test_the_page_takes_out_a_mistake_and_asks_for_a_last_day(school, person_with, client_of):
    kept = events.record(_event(school), actor=person_with(Role.SENIOR_ADVISER))
    client = client_of(Role.ADVISER)
    page = client.post(f"/early-warning/events/{kept.pk}/end/", {"why": "ended", "reason": "Appointed"})
    assert "Enter last day" in page.content.decode()
    given = {"why": "mistake", "reason": "It was another school"}
    assert client.post(f"/early-warning/events/{kept.pk}/end/", given).status_code == 302
    page = client.get(f"/schools/{school.urn}/early-warning/").content.decode()
    assert "Recorded by mistake" in page
    assert "It was another school" in page


@pytest.fixture
def run(sample_home):
    return scoring.run(actor=ACTOR, authority=sample_home.authority)


def _before(run, one, *, part):
    """Make the run before the one in which a part of a school was known and gave all its points."""
    kept = KeptScore.objects.get(pk=one.pk)
    found = scores.workings(kept)
    parts = tuple(
        dataclasses.replace(each, points=each.maximum, unknown=0.0, reason="") if each.id == part else each
        for each in found.contributions
    )
    unknown = next(each.unknown for each in found.contributions if each.id == part)
    points = sum(each.points for each in parts)
    before = dataclasses.replace(
        found, contributions=parts, points=points, available=found.available + unknown
    )
    kept.points, kept.available, kept.result = points, before.available, score_text(before)
    kept.save()


def test_points_that_fell_because_a_figure_is_missing_now_are_no_improvement(run, sample_home, client_of):
    one = next(
        each
        for each in run.scores.all()
        if any(part.unknown and not part.points for part in scores.workings(each).contributions)
    )
    part = next(part for part in scores.workings(one).contributions if part.unknown and not part.points)
    _before(run, one, part=part.id)
    again = scoring.run(actor=ACTOR, authority=sample_home.authority)
    (moved,) = scores.with_reasons(scores.moved(again, within=scores.EVERY_SCHOOL))
    assert moved.by < 0
    assert (moved.is_less_known, moved.is_improved, moved.changes[0].is_less_known) == (True, False, True)
    page = client_of(Role.ADVISER).get("/early-warning/").content.decode()
    assert "Less is known than in the run before: no improvement" in page
    assert "not known now" in page
    assert "Fewer points on what is known" not in page


def test_runs_of_two_methods_are_said_to_be_so(run, sample_home, client_of):
    ScoreRun.objects.filter(pk=run.pk).update(method_version="0")
    scoring.run(actor=ACTOR, authority=sample_home.authority)
    page = client_of(Role.ADVISER).get("/early-warning/").content.decode()
    assert "That run asked another method" in page


def test_the_score_is_worked_out_from_the_page_and_replayed_there(run, client_of):
    client = client_of(Role.ADVISER)
    assert client.get("/early-warning/run/").status_code == 405
    page = client.post("/early-warning/run/", follow=True).content.decode()
    assert "with the events in force today" in page
    assert "No school moved, and nothing more or less is known" in page
    assert client_of(Role.SCRUTINY_MEMBER).post("/early-warning/run/").status_code == 403
    urn = KeptScore.objects.order_by("-run_id", "pk").first().school_id
    page = client.get(f"/schools/{urn}/early-warning/replay/").content.decode()
    assert "It comes out the same" in page
    kept = json.loads(client.get(f"/schools/{urn}/early-warning/inputs.json").content)
    assert set(kept) == {"events_on", "method", "school", "score", "shared"}
    assert (
        client_of(Role.SCHOOL_USER, urn=urn).get(f"/schools/{urn}/early-warning/replay/").status_code == 403
    )


def test_what_the_council_does_adds_no_points_and_is_no_appearance(run, school, sample_home, person_with):
    adviser = person_with(Role.ADVISER)
    for kind in ("attendance_action", "head_leaving", "staffing_concern"):
        events.record(_event(school, kind=kind), actor=adviser)
    assert not event_queries.discussions(TODAY, viewer=adviser)
    again = scoring.run(actor=ACTOR, authority=sample_home.authority)
    (moved,) = scores.with_reasons(scores.moved(again, within=scores.EVERY_SCHOOL))
    assert {one.title for one in moved.changes} == {"Head teacher leaves", "Concern about staffing"}
