"""The condition that a mean of pupils' scores fell by more than chance explains."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from steward.analysis.comparison.decline import LEAST, SURE, Decline, Mean, Spreads, decline
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules import figures, wording
from steward.analysis.rules.answers import Answer, Doubt, Finding
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.measures import Measured, break_between


class SubstantialDecline(Measured):
    """The newest figure lies below what was believed from up to three years before it, almost surely.

    Only years that can be compared count: those before a break in the series do not.
    """

    kind: Literal["substantial_decline"]
    school_spread: float = Field(gt=0)
    """Standard deviation of the true means of schools of the phase, in the unit of the indicator."""
    middle: float = 0.0
    """The mean of schools, towards which a figure on few pupils is drawn."""
    years_before: int = Field(default=3, ge=1, le=3)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self._sentence(catalogue, verb="has fallen")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return self._sentence(catalogue, verb="has not fallen")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it did; unknown without a comparable year before, or without numbers of pupils."""
        newest = self._newest(enquiry)
        if isinstance(newest, Finding):
            return newest
        found = self._figure(enquiry, period=newest)
        if found.answer is Answer.UNKNOWN:
            return found
        before = self._comparable(enquiry, newest=newest)
        unusable = self._unusable(found, before=before, newest=newest, enquiry=enquiry)
        if unusable is not None:
            return unusable
        measure = enquiry.catalogue.indicators[self.indicator]
        means = [_mean(one) for one in before if _is_usable(one)]
        spread = pupil_spread(measure, period=newest)
        spreads = Spreads(spread, self.school_spread, self.middle)
        return self._judged(found, of=decline(_mean(found), before=means, spreads=spreads), enquiry=enquiry)

    def _sentence(self, catalogue: Catalogue, *, verb: str) -> str:
        measure = catalogue.indicators[self.indicator]
        least = wording.gap(round(LEAST * self.school_spread, 3), of=measure)
        return (
            f"{wording.quoted(measure)} {verb} by more than {least} from what was believed of up to "
            f"{wording.count(self.years_before)} years before, with a probability above {SURE:.0%}"
            f"{self._cohorts()}"
        )

    def _comparable(self, enquiry: Enquiry, *, newest: int) -> list[Finding]:
        """Return the figures of the years before that can be compared with the newest, newest first."""
        measure = enquiry.catalogue.indicators[self.indicator]
        years = range(newest - 1, newest - self.years_before - 1, -1)
        return [
            self._figure(enquiry, period=year)
            for year in years
            if not break_between(measure, first=year, last=newest)
        ]

    def _unusable(
        self, found: Finding, *, before: Sequence[Finding], newest: int, enquiry: Enquiry
    ) -> Finding | None:
        measure = enquiry.catalogue.indicators[self.indicator]
        broken = break_between(measure, first=newest - 1, last=newest)
        if broken:
            return replace(found, answer=Answer.UNKNOWN, reason=Doubt.SERIES_BREAK, because=broken)
        if not found.cohort:
            said = f"{figures.stated(found, enquiry=enquiry)}; how many pupils it rests on is not known."
            return replace(found, answer=Answer.UNKNOWN, reason=Doubt.SMALL_COHORT, because=said)
        if not any(_is_usable(one) for one in before):
            lacking = next((one for one in before if one.answer is Answer.UNKNOWN), before[0])
            reason = lacking.reason or Doubt.SMALL_COHORT
            return replace(lacking, answer=Answer.UNKNOWN, reason=reason)
        return None

    def _judged(self, found: Finding, *, of: Decline, enquiry: Enquiry) -> Finding:
        measure = enquiry.catalogue.indicators[self.indicator]
        believed = wording.amount(of.believed, of=measure)
        least = wording.gap(round(LEAST * self.school_spread, 3), of=measure)
        said = (
            f"{figures.stated(found, enquiry=enquiry)}, where the years before led to expect {believed}: "
            f"a fall of more than {least} is {of.probability:.0%} likely, "
            f"{'above' if of.is_substantial else 'not above'} {SURE:.0%}."
        )
        return figures.judged(found, met=of.is_substantial, because=said, threshold=SURE)


def pupil_spread(measure: IndicatorDefinition, *, period: int) -> float:
    """Return the standard deviation of pupils in the nearest year that says it. Raises ValueError if none."""
    if not measure.pupil_spreads:
        raise ValueError(f"The spread of pupils in {measure.id} is not known: give pupil_spreads.")
    return min(measure.pupil_spreads, key=lambda one: abs(one.year - period)).deviation


def _is_usable(found: Finding) -> bool:
    return found.answer is not Answer.UNKNOWN and found.value is not None and bool(found.cohort)


def _mean(found: Finding) -> Mean:
    return Mean(found.value or 0.0, found.cohort or 0.0)
