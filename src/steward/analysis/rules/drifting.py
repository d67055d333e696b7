"""The condition that the absence of a school drifts upwards, week by week or half term by half term."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from steward.analysis.comparison.cusum import H, K, running_sum
from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding, yes_or_no
from steward.analysis.rules.attendance_spells import Spell
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.definitions.reading import Part
from steward.vocabulary.facts import FactKind

_STALE_DAYS = {"week": 70, "half_term": 130}
_LEARNT = {"week": 12, "half_term": 6}
_WORDS = {"week": "week", "half_term": "half term"}


@dataclass(frozen=True, slots=True)
class _Learnt:
    """The ordinary level of a school and how far its figures lie from it, in percentage points."""

    level: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Tested:
    """The figures of a school after those its level was learnt from, in deviations above that level."""

    spells: tuple[Spell, ...]
    scores: tuple[float, ...]
    resets: frozenset[int]
    """Places at which the sum begins anew."""
    compared: bool
    """Whether the rate of England in the same spell is taken off."""


class AttendanceDrifting(Part):
    """Absence has drifted above the school's own level: the running sum of what lies above stands beyond h.

    The level is learnt from the first figures of the school, less the rate of England in the same week
    where the file has it. The sum begins anew when the council is on record as having acted.
    """

    kind: Literal["attendance_drifting"]
    by: Literal["week", "half_term"] = "week"
    k: float = Field(default=K, gt=0)
    h: float = Field(default=H, gt=0)
    learnt_from: int | None = Field(default=None, ge=4, le=78)
    """So many first figures show the ordinary level; 12 weeks or 6 half terms when left out."""

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return f"{self._start()} has drifted above its own earlier level{self._test()}"

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return f"{self._start()} has not drifted above its own earlier level{self._test()}"

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it has; unknown while there are too few figures or the newest is old."""
        found = self.tested(enquiry)
        if isinstance(found, Finding):
            return found
        sums = running_sum(found.scores, k=self.k, h=self.h, resets=found.resets)
        return self._found(found.spells, last=sums.last, compared=found.compared)

    def tested(self, enquiry: Enquiry) -> Tested | Finding:
        """Return the figures that are summed, or a finding that says why they cannot be."""
        spells = [one for one in enquiry.school.attendance if one.is_week == (self.by == "week")]
        unknown = self._lacking(spells, enquiry=enquiry)
        if unknown is not None:
            return unknown
        compared = all(one.england is not None for one in spells)
        figures = [one.rate - (one.england or 0.0 if compared else 0.0) for one in spells]
        learnt = _learn(figures[: self.first], spells=spells[: self.first])
        tested = tuple(spells[self.first :])
        scores = tuple((figure - learnt.level) / learnt.deviation for figure in figures[self.first :])
        return Tested(tested, scores, frozenset(_resets(tested, enquiry=enquiry)), compared)

    @property
    def first(self) -> int:
        """So many first figures show the ordinary level."""
        return self.learnt_from or _LEARNT[self.by]

    def _start(self) -> str:
        return f"the share of sessions missed each {_WORDS[self.by]}"

    def _test(self) -> str:
        return f" (running sum above {self.h:g}, reference value {self.k:g})"

    def _lacking(self, spells: Sequence[Spell], *, enquiry: Enquiry) -> Finding | None:
        word, on = _WORDS[self.by], wording.day(enquiry.school.as_at)
        if not spells:
            said = f"No attendance by {word} of this school by {on} is in the files loaded."
            return Finding(Answer.UNKNOWN, said, Doubt.NO_FIGURES)
        if (enquiry.school.as_at - spells[-1].ends).days > _STALE_DAYS[self.by]:
            said = (
                f"The newest {word} of attendance ended on {wording.day(spells[-1].ends)}, too old on {on}."
            )
            return Finding(Answer.UNKNOWN, said, Doubt.STALE, on=spells[-1].ends)
        if len(spells) <= self.first:
            said = (
                f"Attendance is known for {wording.count(len(spells))} {word}s; "
                f"more than {wording.count(self.first)} are needed to know the school's own level."
            )
            return Finding(Answer.UNKNOWN, said, Doubt.TOO_FEW_SPELLS, on=spells[-1].ends)
        return None

    def _found(self, tested: Sequence[Spell], *, last: float, compared: bool) -> Finding:
        newest = tested[-1]
        beside = f", England {newest.england:.1f}%" if compared else ""
        season = "" if compared else " No rate of England is in the file, so the season is not allowed for."
        said = (
            f"In the {_WORDS[self.by]} to {wording.day(newest.ends)} {newest.rate:.1f}% of sessions were "
            f"missed{beside}; the running sum of what lay above the school's own level is {last:.1f}, "
            f"{'beyond' if last > self.h else 'not beyond'} {self.h:g}.{season}"
        )
        return Finding(
            yes_or_no(met=last > self.h),
            said,
            value=round(last, 6),
            threshold=self.h,
            on=newest.ends,
            release=newest.release,
            row=newest.row,
        )


def _learn(figures: Sequence[float], *, spells: Sequence[Spell]) -> _Learnt:
    """Return level and deviation; the deviation is never less than chance among the sessions gives."""
    rate = statistics.fmean(one.rate for one in spells)
    sessions = statistics.fmean(one.possible for one in spells)
    by_chance = math.sqrt(max(rate * (100 - rate), 1.0) / sessions)
    return _Learnt(statistics.fmean(figures), max(statistics.stdev(figures), by_chance))


def _resets(tested: Sequence[Spell], *, enquiry: Enquiry) -> set[int]:
    """Return the places of the first spells that begin after the council acted."""
    acted = [one.since for one in enquiry.school.facts if one.kind is FactKind.ATTENDANCE_ACTION]
    after = (
        next((place for place, one in enumerate(tested) if one.begins >= since), None) for since in acted
    )
    return {place for place in after if place is not None}
