"""Events as they are printed."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from steward.early_warning.models import LiveEvent
from steward.early_warning.queries import events as queries
from steward.early_warning.queries.events import Discussion
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Table, Tag


def table(events: Iterable[LiveEvent], *, today: date) -> Table | None:
    """Return the events of a school, those in force with a way to end them; None where there are none."""
    columns = (Column("Event"), Column("State"), Column("Since"), Column("Until"), Column("Evidence"))
    rows = tuple(
        (
            Cell(title(one), note=f"Recorded by {one.recorded_by_name}, {words.day(one.recorded_at)}"),
            Tag(*_state(one, today=today)),
            words.day(one.since),
            Cell(
                words.day(one.expires),
                href=_end(one, today=today),
                note=one.mistaken_because or one.ended_because,
            ),
            Cell(one.evidence, note=one.link),
        )
        for one in events
    )
    return Table("Events", columns, rows, hide_caption=True) if rows else None


def title(event: LiveEvent) -> str:
    """Return the kind of an event in words, with its number where it is counted."""
    kind = queries.kind_of(event)
    name = event.kind.replace("_", " ").capitalize() if kind is None else kind.title
    return name if event.number is None else f"{name}: {event.number}"


def talks(found: Iterable[Discussion]) -> list[dict[str, object]]:
    """Return schools to be discussed, each with the sentence that says why."""
    return [
        {
            "name": one.name,
            "href": reverse("early_warning:school", args=(one.urn,)),
            "why": f"{len(one.events)} events in the {_term(one)}: "
            + ", ".join(title(event).lower() for event in one.events),
        }
        for one in found
    ]


def _term(one: Discussion) -> str:
    typical = " (by typical days)" if one.half_term.is_typical else ""
    return f"{one.half_term.title.lower()}{typical}"


def _state(event: LiveEvent, *, today: date) -> tuple[str, Concern]:
    if event.fact_id is None:
        return "Recorded by mistake", Concern.PLAIN
    if event.since > today:
        return "Not yet", Concern.PLAIN
    return ("In force", Concern.MEDIUM) if event.expires >= today else ("Ended", Concern.PLAIN)


def _end(event: LiveEvent, *, today: date) -> str:
    return reverse("early_warning:end-event", args=(event.pk,)) if _may_end(event, today=today) else ""


def _may_end(event: LiveEvent, *, today: date) -> bool:
    return event.expires >= today and event.fact_id is not None
