"""What is said of a school that had another number before, or that carries on under another."""

from datetime import date

from django.urls import reverse

from steward.early_warning.models import ForecastRun
from steward.early_warning.queries.lineage import Lineage
from steward.interface import words
from steward.interface.navigation import Link
from steward.register.models import School
from steward.vocabulary.phases import Phase, Standing

_MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY)


def links(lineage: Lineage, *, page: str) -> list[Link]:
    """Return links to a page of the later number in use, or else of the number before."""
    chosen = lineage.after[-1:] or lineage.before[:1]
    return [Link(f"{one.name} ({one.urn})", reverse(page, args=(one.urn,))) for one in chosen]


def carried_on(school: School, *, lineage: Lineage) -> str:
    """Return in a sentence that a school is closed and what carries it on; empty while it is open."""
    if school.standing != Standing.CLOSED:
        return ""
    closed = f"{school.name} ({school.urn}) closed"
    if school.closed_on:
        closed += f" on {words.day(school.closed_on)}"
    if not lineage.after:
        return f"{closed}, and no single school is on record that carries it on."
    later = lineage.after[-1]
    return f"{closed} and carries on as {later.name} ({later.urn})."


def rests_on(lineage: Lineage) -> str:
    """Return in a sentence which earlier numbers a forecast rests on; empty where there are none."""
    if not lineage.before:
        return ""
    named = ", ".join(f"{one.name} ({one.urn})" for one in lineage.before)
    return f"It rests also on figures and inspections of the school under its earlier number: {named}."


def why_no_forecast(
    school: School, *, run: ForecastRun | None, lineage: Lineage, phases: frozenset[str]
) -> str:
    """Return why a school has no forecast; `phases` are those that the run could forecast."""
    if run is None:
        return "No forecast has been made for its authority yet: steward forecast makes one."
    phase = Phase(school.phase)
    day = words.day(run.as_at)
    if school.standing == Standing.CLOSED:
        return f"{carried_on(school, lineage=lineage)} Only schools open now are forecast."
    if phase not in _MAINSTREAM:
        return f"Only primary and secondary schools are forecast, and this one is {phase.label.lower()}."
    if phase.value not in phases:
        return f"No model of {phase.label.lower()} schools could be made from what is held as at {day}."
    if _is_later(school, day=run.as_at) and not lineage.before:
        opened = words.day(school.opened_on)
        return f"It opened on {opened}, after the day of the forecasts ({day}), and follows no school."
    return (
        f"As at {day}, no number of pupils was published for it as a mainstream {phase.label.lower()} "
        "school, or it was not yet on the register."
    )


def why_no_score(school: School, *, as_at: date | None, lineage: Lineage) -> str:
    """Return why a school has no score as at a day."""
    if as_at is None:
        return "No score has been worked out for its authority yet."
    if _is_later(school, day=as_at):
        opened = words.day(school.opened_on)
        said = f"It opened on {opened}, after the day of the scores ({words.day(as_at)})."
        if lineage.before:
            said += f" The school was {lineage.before[0].name} ({lineage.before[0].urn}) then."
        return said
    if school.standing == Standing.CLOSED:
        return carried_on(school, lineage=lineage)
    return "The method does not cover schools of its kind."


def _is_later(school: School, *, day: date) -> bool:
    return school.opened_on is not None and school.opened_on > day
