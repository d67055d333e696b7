"""The parts of the pages of assessments as they are printed."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from steward.equality.models import Assessment, AssessmentVersion, Characteristic, Effect, State
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag

UNVERIFIED = (
    "Age, disability, gender reassignment, marriage and civil partnership, pregnancy and maternity, race, "
    "religion or belief, sex and sexual orientation are given here as the protected characteristics of the "
    "Equality Act 2010. The list was not verified against the primary source, the Act. The other groups are "
    "the service's own."
)
"""What stands beside every list of characteristics."""
CSV_HEADER = ("title", "kind", "state", "owner", "review_on", "review_overdue", "started_on")
_STATES = {State.DRAFT: Concern.UNSETTLED, State.DECIDED: Concern.LOW, State.REVIEWED: Concern.NONE}
_EFFECTS = {
    Effect.POSITIVE: Concern.NONE,
    Effect.NEUTRAL: Concern.PLAIN,
    Effect.MIXED: Concern.MEDIUM,
    Effect.NEGATIVE: Concern.HIGH,
    Effect.UNKNOWN: Concern.UNSETTLED,
}


def list_table(found: Iterable[Assessment], *, today: date) -> Table:
    """Return assessments with their state and the day of their review."""
    columns = (
        Column("Assessment"),
        Column("Of"),
        Column("State"),
        Column("Owner"),
        Column("Review"),
    )
    rows = tuple(
        (
            Cell(_title(one), href=reverse("equality:assessment", args=(one.pk,))),
            one.get_kind_display(),
            Tag(State(one.state).label, _STATES[State(one.state)]),
            one.owner.name,
            _review(one, today=today),
        )
        for one in found
    )
    return Table("Assessments", columns, rows, hide_caption=True)


def _title(one: Assessment) -> str:
    return str(getattr(one, "shown_title", "") or one.title)


def _review(one: Assessment, *, today: date) -> object:
    if one.review_on is None:
        return "No review due" if one.state == State.REVIEWED else "Not decided"
    return _due(one.review_on, today=today)


def _due(day: date, *, today: date) -> Cell:
    """Return the day of a review, an overdue one as pressing."""
    if day >= today:
        return Cell(words.day(day))
    return Cell(Tag("Overdue", Concern.HIGH), note=f"since {words.day(day)}")


def csv_row(one: Assessment, *, today: date) -> tuple[object, ...]:
    """Return an assessment as a row of a file."""
    return (
        _title(one),
        one.get_kind_display(),
        State(one.state).label,
        one.owner.name,
        one.review_on.isoformat() if one.review_on else "",
        "yes" if one.review_on and one.review_on < today else "no",
        one.started_at.date().isoformat(),
    )


def facts_of(found: Assessment, *, version: AssessmentVersion, today: date) -> list[Fact]:
    """Return what stands at the head of an assessment."""
    facts = [
        Fact("Assessment of", version.get_kind_display()),
        Fact("State", Tag(State(found.state).label, _STATES[State(found.state)])),
        Fact("Owner", found.owner.name),
        Fact(
            "Version",
            f"{version.number}, written {words.day(version.written_at)} by {version.written_by_name}",
        ),
        Fact("Why this version", version.reason),
    ]
    decision = getattr(version, "decision", None)
    if decision is not None:
        day = words.day(decision.decided_at)
        facts += [
            Fact("Decision", f"{decision.get_outcome_display()}, {day}, {decision.decided_by_name}"),
            Fact("Reasons", decision.reasons),
        ]
    if found.review_on is not None:
        facts.append(Fact("Review due", _due(found.review_on, today=today)))
    return facts


def effects_table(version: AssessmentVersion) -> Table | None:
    """Return what the version says of each group, or None where it says nothing yet."""
    columns = (Column("Group"), Column("Likely effect"), Column("Evidence"), Column("What makes it less"))
    rows = tuple(
        (
            one.get_characteristic_display(),
            Tag(Effect(one.effect).label, _EFFECTS[Effect(one.effect)]),
            one.evidence or "Not recorded",
            one.mitigation or ("Not recorded" if one.effect == Effect.UNKNOWN else "None needed"),
        )
        for one in version.effects.all()
    )
    return Table("Likely effect on each group", columns, rows, hide_caption=True) if rows else None


def not_considered(version: AssessmentVersion) -> list[str]:
    """Return the groups of which the version says nothing."""
    said = {one.characteristic for one in version.effects.all()}
    return [label for key, label in Characteristic.choices if key not in said]


def links_of(version: AssessmentVersion) -> list[tuple[str, str]]:
    """Return each link of the evidence and its address; an empty one where it is no web address."""
    return [
        (text, text if text.startswith(("https://", "http://")) or _is_local(text) else "")
        for text in version.links
    ]


def _is_local(text: str) -> bool:
    return text.startswith("/") and not text.startswith(("//", "/\\"))


def happenings_of(versions: Sequence[AssessmentVersion]) -> list[Happening]:
    """Return what happened to an assessment, the newest first."""
    found = []
    for one in versions:
        href = reverse("equality:assessment-version", args=(one.assessment_id, one.number))
        found.append(
            Happening(f"Version {one.number}", one.written_at, one.written_by_name, one.reason, href)
        )
        decision = getattr(one, "decision", None)
        if decision is None:
            continue
        title = f"Decided: {decision.get_outcome_display().lower()}"
        found.append(Happening(title, decision.decided_at, decision.decided_by_name, decision.reasons))
        found += [
            Happening("Reviewed", each.reviewed_at, each.reviewed_by_name, each.found)
            for each in decision.reviews.all()
        ]
    return sorted(found, key=lambda happening: happening.at, reverse=True)
