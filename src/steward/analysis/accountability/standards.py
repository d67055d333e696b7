"""The floor standards and coasting: which schools were below, which were not, and which cannot be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.accountability.clauses import Figures, Met, Working, all_met, held_against, limits_in
from steward.analysis.accountability.definition import Standard


class Answer(StrEnum):
    """What comes of holding a school against a standard. Only NOT_BELOW says that a school met it."""

    BELOW = "below"
    NOT_BELOW = "not_below"
    NOT_SETTLED = "not_settled"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class YearWorking:
    """The workings of one year of results."""

    year: int
    working: Working


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer for a school and a standard, with every clause and its value.

    `pupils` is how many pupils the year rests on, None where the publication does not say.
    """

    standard: Standard
    answer: Answer
    years: tuple[YearWorking, ...]
    pupils: float | None

    @property
    def verified(self) -> bool:
        """Whether every limit that the answer rests on has been checked against its document."""
        limits = (limit for one in self.standard.years for limit in limits_in(one.clause))
        return not self.standard.unverified and all(limit.verified for limit in limits)


def judge(standard: Standard, *, figures: Figures) -> Judgement:
    """Return whether a school was below a standard.

    A school with fewer pupils than the standard counts is not held against it. A figure that is missing
    leaves the answer open unless the others settle it: it is never read as good. A year without a figure
    for the number of pupils is judged by its figures.
    """
    years = tuple(
        YearWorking(one.year, held_against(one.clause, figures=figures, year=one.year))
        for one in standard.years
    )
    pupils = _pupils(standard, figures=figures)
    if pupils is not None and pupils < standard.minimum_pupils:
        return Judgement(standard, Answer.TOO_FEW, years, pupils)
    found = all_met([one.working.met for one in years])
    return Judgement(standard, _ANSWERS[found], years, pupils)


def counted(judgements: Iterable[Judgement]) -> Mapping[Answer, int]:
    """Return how many schools have each answer; those that cannot be told are apart from those not below."""
    found = dict.fromkeys(Answer, 0)
    for one in judgements:
        found[one.answer] += 1
    return found


def _pupils(standard: Standard, *, figures: Figures) -> float | None:
    value = figures.get((standard.pupils_of, standard.year))
    return value.cohort if value is not None else None


_ANSWERS = {Met.YES: Answer.BELOW, Met.NO: Answer.NOT_BELOW, Met.UNKNOWN: Answer.NOT_SETTLED}
