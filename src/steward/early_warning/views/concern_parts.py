"""Concerns as they are printed."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from steward.early_warning.models import Concern, ConcernStep
from steward.early_warning.models.concerns import Level, State
from steward.early_warning.steps import Act
from steward.interface import words
from steward.interface.parts import Cell, Column, Fact, Happening, Table, Tag
from steward.interface.parts import Concern as Tone

CSV_HEADER = (
    "urn",
    "school",
    "about",
    "level",
    "state",
    "raised_on",
    "age_days",
    "next_step_by",
    "overdue",
    "passed_to",
    "closed_on",
)
_LEVELS = {Level.WATCH: Tone.LOW, Level.CONCERN: Tone.MEDIUM, Level.SERIOUS: Tone.HIGH}
_STATES = {
    State.RAISED: Tone.UNSETTLED,
    State.ASSESSING: Tone.UNSETTLED,
    State.ACTIVE: Tone.MEDIUM,
}


def table(concerns: Iterable[Concern], *, today: date, with_school: bool = True) -> Table | None:
    """Return concerns with their age and next step; None where there are none."""
    columns = [
        Column("Concern"),
        Column("Level"),
        Column("State"),
        Column("Age", numeric=True),
        Column("Next step"),
    ]
    rows = tuple(_row(one, today=today, with_school=with_school) for one in concerns)
    return Table("Concerns", tuple(columns), rows, hide_caption=True) if rows else None


def csv_row(one: Concern, *, today: date) -> tuple[object, ...]:
    """Return a concern as a row of a file."""
    return (
        one.school_id,
        one.school.name,
        one.get_topic_display(),
        one.get_level_display(),
        one.get_state_display(),
        one.raised_on.isoformat(),
        age(one, today=today),
        one.next_step_by.isoformat() if one.next_step_by else "",
        "yes" if is_overdue(one, today=today) else "no",
        one.passed_to,
        one.closed_on.isoformat() if one.closed_on else "",
    )


def age(one: Concern, *, today: date) -> int:
    """Return for how many days it has been, or was, open."""
    return ((one.closed_on or today) - one.raised_on).days


def is_overdue(one: Concern, *, today: date) -> bool:
    """Return whether the next step was due before today."""
    return one.is_open and one.next_step_by is not None and one.next_step_by < today


def facts_of(one: Concern, *, today: date) -> list[Fact]:
    """Return what stands at the head of a concern."""
    facts = [
        Fact("School", Cell(one.school.name, href=reverse("early_warning:school", args=(one.school_id,)))),
        Fact("About", one.get_topic_display()),
        Fact("Comes from", one.get_origin_display()),
        Fact("How pressing", Tag(one.get_level_display(), _LEVELS[Level(one.level)])),
        Fact("State", state_tag(one)),
        Fact("Raised", f"{words.day(one.raised_on)} by {one.raised_by_name}, {_days(age(one, today=today))}"),
    ]
    if one.passed_to:
        facts.append(Fact("Passed on to", one.passed_to))
    if one.next_step_by is not None:
        late = " (overdue)" if is_overdue(one, today=today) else ""
        facts.append(Fact("Next step due", f"{words.day(one.next_step_by)}{late}"))
    return facts


def state_tag(one: Concern) -> Tag:
    """Return the state with its colour."""
    state = State(one.state)
    return Tag(state.label, _STATES.get(state, Tone.NONE))


def happenings(steps: Iterable[ConcernStep]) -> list[Happening]:
    """Return the steps of a concern, the newest first."""
    found = [Happening(_said(one), one.taken_at, one.taken_by_name, one.reason) for one in steps]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _said(step: ConcernStep) -> str:
    done = Act(step.act).done
    to = f" to {step.passed_to}" if step.passed_to else ""
    return f"{done}{to} ({step.get_level_display().lower()})"


def _row(one: Concern, *, today: date, with_school: bool) -> tuple[object, ...]:
    late = is_overdue(one, today=today)
    topic = one.get_topic_display()
    name = f"{one.school.name}: {topic.lower()}" if with_school else topic
    due = "Closed" if one.next_step_by is None else words.day(one.next_step_by)
    return (
        Cell(
            name,
            href=reverse("early_warning:concern", args=(one.pk,)),
            note=f"Raised {words.day(one.raised_on)}",
        ),
        Tag(one.get_level_display(), _LEVELS[Level(one.level)]),
        state_tag(one),
        _days(age(one, today=today)),
        Cell(due, note="Overdue" if late else ""),
    )


def _days(number: int) -> str:
    return words.counted(number, one="day")
