"""Steps that were taken in decisions since a moment, and decisions in force on a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from steward.access.permissions import Viewer
from steward.categorisation import schemes
from steward.categorisation.models import DecisionStep, OfficerDays
from steward.categorisation.queries.decisions import visible_to
from steward.categorisation.steps import Act as Act
from steward.categorisation.steps import State
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Phase


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a decision: what was done, when and by whom."""

    urn: int
    name: str
    act: Act
    label: str
    """The support category the decision was about at the time of asking."""
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DecidedCount:
    """How many schools have a support category by decision, in all and by phase."""

    label: str
    concern: int
    by_phase: dict[Phase, int]

    @property
    def total(self) -> int:
        """Schools of all phases."""
        return sum(self.by_phase.values())


@dataclass(frozen=True, slots=True)
class Days:
    """Officer days promised a year by decisions in force, and those entered for the academic year."""

    year: AcademicYear
    schools: int
    promised: float
    without: int
    """Schools whose support category names no number of days."""
    available: float | None
    """None where no days are entered for the year."""


def steps_since(moment: datetime, *, viewer: Viewer) -> list[StepTaken]:
    """Return the steps taken after a moment in decisions the viewer may see, the newest first."""
    found = DecisionStep.objects.filter(at__gt=moment, decision__in=visible_to(viewer))
    ordered = found.select_related("decision__school").order_by("-at", "-pk")
    return [
        StepTaken(
            each.decision.school_id,
            each.decision.school.name,
            Act(each.act),
            each.decision.label,
            each.at,
            each.by_name,
        )
        for each in ordered
    ]


def decided_on(day: date, *, viewer: Viewer) -> list[DecidedCount]:
    """Return the support categories in force by decision on a day, most concern first.

    The council's own views of academies count with them; overrides are left out.
    """
    held = models.Q(superseded_on=None) | models.Q(superseded_on__gt=day)
    found = visible_to(viewer).filter(held, final_on__lte=day, state__in=[State.FINAL, State.SUPERSEDED])
    counted = Counter(found.order_by().values_list("label", "concern", "phase"))
    kinds = sorted({(label, concern) for label, concern, _ in counted}, key=lambda one: (-one[1], one[0]))
    return [
        DecidedCount(
            label,
            concern,
            {
                phase: counted[label, concern, phase.value]
                for phase in Phase
                if counted[label, concern, phase.value]
            },
        )
        for label, concern in kinds
    ]


def being_decided(viewer: Viewer) -> dict[Phase, int]:
    """Return how many decisions are under way, by phase."""
    ended = [State.FINAL, State.SUPERSEDED, State.WITHDRAWN]
    found = Counter(visible_to(viewer).exclude(state__in=ended).order_by().values_list("phase", flat=True))
    return {phase: found[phase.value] for phase in Phase if found[phase.value]}


def days_promised(authority: str, *, viewer: Viewer, on: date) -> Days:
    """Return the officer days that final decisions of maintained schools promise, against those there are."""
    final = visible_to(viewer).filter(authority_id=authority, state=State.FINAL, council_view=False)
    given = [schemes.kept(each).choice(each.category) for each in final]
    days = [None if choice is None else choice.days for choice in given]
    year = AcademicYear.containing(on)
    entered = OfficerDays.objects.filter(authority_id=authority, year=year.ends)
    available = [float(each) for each in entered.values_list("days", flat=True)]
    return Days(
        year,
        len(days),
        sum(each for each in days if each is not None),
        sum(each is None for each in days),
        sum(available) if available else None,
    )
