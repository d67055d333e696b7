"""E-mail and calendars tell that something waits, and nothing about whom or what it is."""

import re
from datetime import UTC, date, datetime

import click.testing
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from integration.reminders.conftest import NAME, in_days
from steward.access.models import Person
from steward.access.operations import end_access
from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.audit.operations import Program
from steward.command.due import command
from steward.reminders import calendar, tokens
from steward.reminders.models import CalendarFeed, Choice, Frequency
from steward.reminders.operations import digests, personal
from steward.reminders.operations.personal import Chosen
from steward.reminders.views import calendars
from steward.vocabulary.due import DueItem, DueKind

CLOCK = Program("The clock")
SECRET_WORDS = re.compile(
    rf"{NAME}|100001|safeguard|serious|concern|support categor|\bcategory\b|override|Intensive", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def fresh_cache(settings):
    cache.clear()
    settings.STEWARD_SITE = "https://steward.example"


def _send(days=0):
    return digests.send(on=in_days(days), actor=CLOCK)


def test_a_digest_gives_counts_and_links_and_names_nothing(concern_due, head, settings):
    settings.STEWARD_SITE = "https://steward.example"
    concern_due(-1)
    concern_due(3)
    assert _send() == digests.Sent(1, 0)
    (letter,) = mail.outbox
    assert letter.to == [head.email]
    assert "2 things wait, 1 overdue" in letter.subject
    assert "- 2 next steps" in letter.body
    assert "https://steward.example/reminders/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].startswith("<https://steward.example/reminders/")
    assert not SECRET_WORDS.search(letter.body + letter.subject)


@pytest.mark.parametrize("kind", list(DueKind))
def test_the_words_of_every_kind_are_neutral(kind):
    assert not SECRET_WORDS.search(f"{kind.neutral} {kind.neutral_plural}")


@pytest.mark.parametrize(
    ("frequency", "sent_on"),
    [(Frequency.WEEKLY, [0, 7, 14]), (Frequency.DAILY, list(range(15))), (Frequency.OFF, [])],
)
def test_a_digest_comes_as_often_as_was_chosen(frequency, sent_on, concern_due, head):
    concern_due(-1)
    personal.choose(Chosen(frequency, immediate=True), actor=head)
    found = [day for day in range(15) for _ in range(2) if _send(day).digests]
    assert found == sent_on


def test_a_kind_kept_quiet_is_in_no_email(concern_due, head):
    concern_due(-1)
    personal.choose(Chosen(Frequency.DAILY, immediate=True, quiet=(DueKind.CONCERN_STEP,)), actor=head)
    assert _send() == digests.Sent(0, 0)
    assert not mail.outbox


def test_nothing_due_is_no_email(head):
    assert _send() == digests.Sent(0, 0)
    assert not Choice.objects.filter(digest_on__isnull=False).exists()


def test_somebody_whose_access_has_ended_gets_no_email(concern_due, head, person_with):
    concern_due(-1)
    end_access(head, actor=person_with(Role.ADMINISTRATOR))
    assert _send().digests == 0


def test_a_message_that_cannot_be_sent_is_tried_again(concern_due, head, monkeypatch):
    from django.core.mail.backends.locmem import EmailBackend  # noqa: PLC0415

    concern_due(-1)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", _refuse)
        assert _send().failed == (f"{head.name}: the mail server is away",)
    assert _send().digests == 1


def _refuse(*_):
    raise OSError("the mail server is away")


def test_the_command_writes_once_and_says_where_letters_are(concern_due, head):
    concern_due(-1)
    run = click.testing.CliRunner()
    first = run.invoke(command, [])
    assert "1 digest and 0 e-mails about a clock sent. No mail server is set" in first.output
    assert "0 digests" in run.invoke(command, []).output
    assert "digest" not in run.invoke(command, ["--no-email"]).output
    assert AuditEvent.objects.filter(verb="reminders.email.sent").count() == 1


def test_whoever_follows_the_link_of_an_email_can_stop_it_without_signing_in(concern_due, head, client):
    concern_due(-1)
    address = reverse("reminders:unsubscribe", args=[tokens.unsubscribe_token(head)])
    assert b"Do you want no more e-mail" in client.get(address).content
    _send()
    assert len(mail.outbox) == 1
    assert b"You will get no more e-mail" in client.post(address).content
    assert _send(30) == digests.Sent(0, 0)
    assert client.get(reverse("reminders:unsubscribe", args=["1:made-up:up"])).status_code == 404


def test_settings_are_kept(head, client):
    client.force_login(head)
    answer = client.post(reverse("reminders:settings"), {"frequency": "daily", "quiet": ["other"]})
    assert answer.status_code == 302
    kept = Choice.objects.get(person=head)
    assert (kept.frequency, kept.immediate, kept.quiet) == ("daily", False, ["other"])
    assert b"Select how often" in client.post(reverse("reminders:settings"), {}).content


def _feed_of(person) -> str:
    return reverse("reminders:feed", args=[personal.make_calendar(actor=person)])


def test_a_calendar_is_read_without_signing_in_and_names_nothing(concern_due, head, settings):
    settings.STEWARD_SITE = "https://steward.example"
    concern_due(3)
    concern_due(3)
    concern_due(-1)
    answer = Client().get(_feed_of(head))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    read = Calendar.from_ical(answer.content)
    found = {str(each["SUMMARY"]): each["DTSTART"].dt for each in read.walk("VEVENT")}
    assert found == {"Due: 2 next steps": in_days(3), "Due: 1 next step": in_days(-1)}
    assert not read.errors
    assert not SECRET_WORDS.search(answer.content.decode())


def test_without_an_address_a_calendar_leads_to_where_it_was_asked_for(concern_due, head, settings):
    settings.STEWARD_SITE = ""
    concern_due(3)
    (entry,) = Calendar.from_ical(Client().get(_feed_of(head)).content).walk("VEVENT")
    assert entry["URL"] == "http://testserver/reminders/"


def test_without_an_address_no_email_is_sent(concern_due, head, settings):
    settings.STEWARD_SITE = ""
    concern_due(3)
    with pytest.raises(digests.NoSite, match="STEWARD_SITE"):
        _send()
    assert not mail.outbox


def test_a_calendar_is_ended_by_a_new_one_by_its_owner_and_with_their_access(head, client, person_with):
    first = _feed_of(head)
    second = _feed_of(head)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client.force_login(head)
    client.post(reverse("reminders:calendar"), {"act": "end"})
    assert Client().get(second).status_code == 404
    third = _feed_of(head)
    Person.objects.filter(pk=head.pk).update(is_active=False)
    assert Client().get(third).status_code == 404


def test_only_a_hash_of_the_secret_is_kept_and_it_is_shown_once(head, client):
    client.force_login(head)
    page = client.post(reverse("reminders:calendar"), {"act": "make"}).content.decode()
    secret = re.search(r"/calendar/([\w-]+)\.ics", page)[1]
    assert len(secret) >= 40
    assert secret not in client.get(reverse("reminders:settings")).content.decode()
    assert secret not in CalendarFeed.objects.get().secret_hash
    assert not AuditEvent.objects.filter(details__icontains=secret).exists()


@pytest.mark.django_db
def test_guessing_calendars_is_slowed_down():
    client = Client()
    answers = [client.get("/calendar/guess.ics").status_code for _ in range(calendars.MOST + 1)]
    assert answers == [404] * calendars.MOST + [429]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_is_escaped_and_folded_so_that_it_reads_the_same(text):
    written = calendar.folded(f"SUMMARY:{calendar.escaped(text)}")
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    entry = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{written}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    (read,) = Calendar.from_ical(entry).walk("VEVENT")
    assert str(read["SUMMARY"]) == text


def test_the_same_calendar_twice_is_the_same():
    item = DueItem("Do it", NAME, 100001, date(2026, 3, 1), "pages:home", (), DueKind.OTHER)
    made = datetime(2026, 1, 1, tzinfo=UTC)
    once, again = (
        calendar.calendar([item], name="Due", owner="1", made_at=made, address="https://a.example/")
        for _ in range(2)
    )
    assert once == again
