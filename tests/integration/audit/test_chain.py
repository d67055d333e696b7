"""The log: complete, in order, never changed, and honest about tampering."""

import datetime
import re

import pytest
from django.db import connection, transaction

from steward.audit import operations, queries
from steward.audit.chain import plain
from steward.audit.models import AppendOnly, AuditEvent

WRITER = operations.Program("Command line")


def _record(verb="evidence.release.loaded", **details):
    return operations.record(
        verb, actor=WRITER, subject_kind="release", subject_id="ks4-2019", details=details
    )


def _change(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def three_events(db):
    return [_record(rows=number) for number in (1, 2, 3)]


def test_events_follow_one_another(three_events):
    assert [event.number for event in three_events] == [1, 2, 3]
    assert three_events[1].previous_hash == three_events[0].hash
    assert queries.verify_chain() == queries.Verdict(events=3)


def test_an_empty_log_holds(db):
    assert queries.verify_chain().holds


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE audit_auditevent SET actor_name = 'Somebody else' WHERE number = 2",
            "Event 2 .* was changed",
        ),
        ("DELETE FROM audit_auditevent WHERE number = 2", "Event 2 is missing"),
        ("DELETE FROM audit_auditevent WHERE number = 3", "Event 3 is missing: the log once went on to 3"),
        (
            "UPDATE audit_auditevent SET number = 4 WHERE number = 3",
            "Event 3 is missing: the next one found is 4",
        ),
        (
            "UPDATE audit_auditevent SET previous_hash = 'x' WHERE number = 3",
            "Event 3 does not follow event 2",
        ),
        ("DELETE FROM audit_chainhead", "head of the chain is missing"),
    ],
)
def test_tampering_behind_the_back_of_the_log_is_found(three_events, statement, fault):
    _change(statement)
    verdict = queries.verify_chain()
    assert not verdict.holds
    assert re.search(fault, verdict.fault), verdict.fault


def test_events_are_not_changed_or_deleted(three_events):
    event = three_events[0]
    event.actor_name = "Somebody else"
    for act in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            act()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.update(actor_name="Somebody else")
    with pytest.raises(AppendOnly):
        AuditEvent.objects.bulk_update(three_events, ["actor_name"])


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(operations.NotInTransaction, match="same transaction"):
        _record()


@pytest.mark.django_db(transaction=True)
def test_an_event_falls_with_its_transaction():
    with transaction.atomic():
        _record()
        transaction.set_rollback(True)
    assert not queries.events().exists()
    with transaction.atomic():
        _record()
    assert queries.verify_chain() == queries.Verdict(events=1)


def test_details_come_back_as_they_were_hashed(db):
    _record(
        share=81.6,
        whole=5.0,
        tiny=1e-7,
        huge=1e22,
        none=None,
        day=datetime.date(2013, 12, 31),
        names={"b", "a"},
    )
    assert queries.verify_chain().holds
    details = queries.events().get().details
    assert details["day"] == "2013-12-31"
    assert details["names"] == ["a", "b"]
    assert details["share"] == 81.6


def test_numbers_that_are_none_are_written_as_words():
    assert plain(float("nan")) == "nan"
    assert plain([float("inf"), float("-inf")]) == ["inf", "-inf"]


def test_events_are_found_by_subject_and_by_actor(three_events):
    class Somebody:
        pk, name = 7, "Dev Larkspur"

    operations.record("access.person.added", actor=Somebody(), subject_kind="person", subject_id=9)
    assert queries.events_about("person", subject_id=9).count() == 1
    assert queries.events_about("release", subject_id="ks4-2019").count() == 3
    assert [event.actor_name for event in queries.events_by(7)] == ["Dev Larkspur"]


def test_the_authority_served_is_kept_unless_another_is_named(db, settings):
    settings.STEWARD_AUTHORITY = "383"
    assert _record().authority == "383"
    named = operations.record("a.b.c", actor=WRITER, subject_kind="s", subject_id=1, authority="384")
    assert named.authority == "384"


def test_a_page_of_events_is_checked_by_itself(three_events):
    assert queries.verify_events(queries.events()[:2]) == queries.Verdict(events=2)
    _change("UPDATE audit_auditevent SET actor_name = 'Somebody else' WHERE number = 2")
    assert re.search("Event 2 .* was changed", queries.verify_events(queries.events()[:2]).fault)
    assert queries.verify_events(queries.events()[:1]).holds


def test_a_gap_inside_a_page_of_events_is_found(three_events):
    _change("DELETE FROM audit_auditevent WHERE number = 2")
    assert "Event 2 is missing" in queries.verify_events(queries.events()).fault
