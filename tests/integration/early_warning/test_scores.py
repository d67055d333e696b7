"""Scores of the sample: kept with all they rest on, replayed byte for byte, listed, and moved by events."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.operations import Program
from steward.command import score as command
from steward.early_warning.models import KeptScore
from steward.early_warning.operations import events, scoring
from steward.early_warning.queries import scores
from steward.register import queries as register

ACTOR = Program("The tests")


@pytest.fixture
def run(sample_home):
    return scoring.run(actor=ACTOR, authority=sample_home.authority)


def test_every_score_is_worked_out_again_from_what_was_kept_byte_for_byte(run):
    kept = list(run.scores.select_related("run"))
    assert len(kept) > 50
    for one in kept:
        assert scores.replayed(one) == one.result, one.school_id


def test_the_same_inputs_give_the_same_scores(run, sample_home):
    again = scoring.run(actor=ACTOR, authority=sample_home.authority)
    first = dict(run.scores.values_list("school_id", "result"))
    assert dict(again.scores.values_list("school_id", "result")) == first
    assert not scores.moved(again, within=scores.EVERY_SCHOOL)


def test_points_available_and_not_known_add_up_and_nothing_missing_counts_as_good(run):
    for one in run.scores.all():
        found = scores.workings(one)
        unknown = sum(each.unknown for each in found.contributions)
        assert found.available + unknown == pytest.approx(found.maximum)
        assert all(each.reason for each in found.contributions if each.unknown)
        assert 0 <= found.points <= found.available


def test_weekly_attendance_of_the_sample_is_read_and_finds_the_schools_that_drift(run):
    answers = [
        each
        for one in run.scores.all()
        for each in scores.workings(one).contributions
        if each.id == "attendance_drifting"
    ]
    met = sum(each.points > 0 for each in answers)
    settled = sum(not each.unknown for each in answers)
    assert settled > len(answers) / 2
    assert 0 < met < settled / 3


def test_an_event_moves_a_school_up_and_its_end_moves_it_down(run, sample_home, person_with):
    person = person_with(Role.ADVISER)
    school = run.scores.first().school
    new = events.NewEvent(
        school.urn, "head_leaving", timezone.localdate() - timedelta(days=2), "Letter of the chair"
    )
    event = events.record(new, actor=person)
    up = scoring.run(actor=ACTOR, authority=sample_home.authority)
    (moved,) = scores.with_reasons(scores.moved(up, within=scores.EVERY_SCHOOL))
    assert (moved.urn, moved.by, moved.changes[0].title) == (school.urn, 4, "Head teacher leaves")
    yesterday = timezone.localdate() - timedelta(days=1)
    events.end(event.pk, last_day=yesterday, reason="A head was appointed", actor=person)
    down = scoring.run(actor=ACTOR, authority=sample_home.authority)
    assert [one.by for one in scores.moved(down, within=scores.EVERY_SCHOOL)] == [-4]
    assert any("Down since the last run" in line for line in command.summary_lines(down))


def test_the_list_is_sorted_filtered_and_exported_with_what_is_not_known(run, client_of):
    browser = client_of(Role.ADVISER)
    page = browser.get("/early-warning/").content.decode()
    assert "A score starts a conversation and is not a judgement of the school." in page
    rows = list(csv.reader(io.StringIO(browser.get("/early-warning/scores.csv").content.decode("utf-8-sig"))))
    assert len(rows) == run.scores.count() + 1
    shares = [float(row[6]) for row in rows[1:]]
    assert shares == sorted(shares, reverse=True)
    some = browser.get("/early-warning/scores.csv?phase=secondary&sort=school").content.decode("utf-8-sig")
    assert 1 < len(some.splitlines()) < len(rows)
    assert browser.get("/early-warning/scores.xlsx").content.startswith(b"PK")


def test_the_page_of_a_school_says_what_it_is_made_of_and_what_would_change_it(run, client_of):
    one = KeptScore.objects.filter(run=run, points__gt=0).first()
    page = client_of(Role.ADVISER).get(f"/schools/{one.school_id}/early-warning/").content.decode()
    for said in ("What the score is made of", "What would change this?", "What is not known", "fewer if"):
        assert said in page


def test_a_school_that_was_not_scored_says_so(sample_home, client_of):
    school = register.schools_of(sample_home.authority)[0]
    browser = client_of(Role.ADVISER)
    page = browser.get(f"/schools/{school.urn}/early-warning/").content.decode()
    assert "No score has been worked out" in page
    assert "steward score" in browser.get("/early-warning/").content.decode()
