"""The sending of e-mail about what is due: a digest as often as each person chose, clocks at once."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from steward.access.models import Person
from steward.audit import operations as audit
from steward.reminders import letters, tokens
from steward.reminders.models import Choice, Frequency, Reminder
from steward.reminders.queries import items, people
from steward.reminders.rules import Channel
from steward.vocabulary.due import DueItem

_EVERY = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


class NoSite(RuntimeError):
    """Nobody knows to which address e-mails would lead; the message says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: digests, and e-mails about single things at once."""

    digests: int
    at_once: int
    failed: tuple[str, ...] = ()
    """Names of people to whom nothing could be sent, with the reason."""


def send(*, on: date, actor: audit.Actor) -> Sent:
    """Send each person what is due as often as they chose, and return what was sent.

    A second run on a day sends nothing again. A message that cannot be sent is tried again next time.
    Raises NoSite where the address of the site is not set.
    """
    if not settings.STEWARD_SITE:
        raise NoSite(
            "No e-mails were sent: they would lead nowhere. Set STEWARD_SITE to the address of the site, "
            "such as https://steward.council.gov.uk, or run “steward due --no-email”."
        )
    chosen = people.choices()
    sent = {"digest": 0, "at_once": 0}
    failed: list[str] = []
    with get_connection() as connection:
        for person in Person.objects.filter(is_active=True).order_by("pk"):
            choice = chosen.get(person.pk) or Choice(person=person)
            try:
                kind = _send_to(person, choice=choice, on=on, connection=connection, actor=actor)
            except OSError as fault:
                failed.append(f"{person.name}: {fault}")
            else:
                sent[kind] = sent.get(kind, 0) + 1
    return Sent(sent["digest"], sent["at_once"], tuple(failed))


def _is_due(choice: Choice, *, on: date) -> bool:
    """Return whether a digest is to be sent on a day."""
    every = _EVERY.get(Frequency(choice.frequency))
    return every is not None and (choice.digest_on is None or choice.digest_on + every <= on)


@transaction.atomic
def _send_to(
    person: Person, *, choice: Choice, on: date, connection: BaseEmailBackend, actor: audit.Actor
) -> str:
    """Send a person a digest, or what must be told at once; return which, empty where nothing was sent."""
    wanted = [
        each
        for each in items.told_to(person, on=on)
        if each.is_open(on) and each.channel is not Channel.IN_APP and each.item.kind not in choice.quiet
    ]
    at_once = [each for each in wanted if each.channel is Channel.IMMEDIATE and each.told_on is None]
    digest = _is_due(choice, on=on)
    told = wanted if digest else at_once if choice.immediate else []
    if not told:
        return ""
    if digest:
        choice.digest_on = on
        choice.save()
    for each in at_once:
        Reminder.objects.update_or_create(person=person, key=each.item.key, defaults={"told_on": on})
    kind = "digest" if digest else "at_once"
    audit.record(
        "reminders.email.sent",
        actor=actor,
        subject_kind="person",
        subject_id=person.pk,
        details={"kind": kind, "things": len(told)},
    )
    _message([each.item for each in told], person=person, on=on, connection=connection).send()
    return kind


def _message(told: list[DueItem], *, person: Person, on: date, connection: BaseEmailBackend) -> EmailMessage:
    token = tokens.unsubscribe_token(person)
    addresses = letters.Addresses(
        reminders=_address("reminders:reminders"),
        settings=_address("reminders:settings"),
        unsubscribe=_address("reminders:unsubscribe", token),
    )
    return EmailMessage(
        subject=letters.subject(told, on=on, service=settings.STEWARD_SERVICE_NAME),
        body=letters.body(told, on=on, name=person.name, addresses=addresses),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        headers={"List-Unsubscribe": f"<{addresses.unsubscribe}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def _address(name: str, *args: str) -> str:
    return f"{settings.STEWARD_SITE}{reverse(name, args=args)}"
