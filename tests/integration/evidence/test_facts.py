"""Local facts are recorded, ended and corrected with who did it, and rules can read them."""

from datetime import date

import pytest

from steward.access.permissions import NOWHERE, Reach
from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.evidence.models import LocalFact
from steward.evidence.operations import facts
from steward.evidence.queries import facts as queries
from steward.register import queries as register
from steward.vocabulary.facts import FactKind

EVERYWHERE = Reach(everywhere=True)


@pytest.fixture
def school(sample_home):
    return register.schools_of(sample_home.authority)[0]


def _recorded(school, person, **changed):
    given = {"since": date(2026, 1, 5), "source": "Letter of the chair, 5 January 2026"} | changed
    return facts.record(facts.NewFact(school.urn, FactKind.HEAD_LEAVING, **given), actor=person)


def test_a_fact_is_kept_with_who_recorded_it_and_told_in_the_log(school, person_with):
    person = person_with(Role.ADVISER)
    kept = _recorded(school, person)
    assert kept.recorded_by == person
    event = AuditEvent.objects.get(verb="evidence.fact.recorded")
    assert (event.actor_id, event.subject_id) == (person.pk, str(school.urn))


def test_an_ended_fact_is_in_force_on_its_last_day_and_not_after(school, person_with):
    person = person_with(Role.ADVISER)
    kept = _recorded(school, person)
    facts.end(kept.pk, last_day=date(2026, 3, 1), reason="A head was appointed", actor=person)
    assert queries.in_force(date(2026, 3, 1), within=EVERYWHERE).count() == 1
    assert not queries.in_force(date(2026, 3, 2), within=EVERYWHERE).exists()


@pytest.mark.parametrize("changed", [{"source": " "}, {"until": date(2026, 1, 4)}, {"source": "x" * 201}])
def test_a_fact_without_a_source_or_that_ends_before_it_begins_is_refused(school, person_with, changed):
    with pytest.raises(facts.FactRefused):
        _recorded(school, person_with(Role.ADVISER), **changed)
    assert not LocalFact.objects.exists()


def test_correcting_and_withdrawing_need_a_reason_and_leave_what_stood_before_in_the_log(school, person_with):
    person = person_with(Role.ADVISER)
    kept = _recorded(school, person)
    with pytest.raises(facts.FactRefused):
        facts.correct(kept.pk, since=date(2026, 1, 6), until=None, reason=" ", actor=person)
    facts.correct(kept.pk, since=date(2026, 1, 6), until=None, reason="Wrong day", actor=person)
    told = AuditEvent.objects.get(verb="evidence.fact.corrected").details
    assert (told["since_before"], told["since"]) == ("2026-01-05", "2026-01-06")
    facts.withdraw(kept.pk, reason="Another school was meant", actor=person)
    assert not LocalFact.objects.exists()
    assert AuditEvent.objects.filter(verb="evidence.fact.withdrawn").exists()


def test_nobody_without_reach_sees_a_fact(school, person_with):
    _recorded(school, person_with(Role.ADVISER))
    assert not queries.facts_of(school.urn, within=NOWHERE).exists()
    assert not queries.in_force(date(2026, 2, 1), within=NOWHERE).exists()
    assert queries.facts_of(school.urn, within=EVERYWHERE).count() == 1
