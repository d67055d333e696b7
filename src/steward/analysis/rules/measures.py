"""Conditions on an indicator: below, above, falling, rising.

A figure that is missing, withheld, of too few pupils or too old is unknown, with its reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules import figures, wording
from steward.analysis.rules.answers import Answer, Doubt, Finding, every
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.school_evidence import ALL_PHASES
from steward.definitions.reading import Part
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.values import Known

_PLACES = 6
"""Decimals at which two published numbers count as equal, so that 65.3 less 60.3 is 5."""


class AreaComparator(Part):
    """The figure of an area for the same year, and how far beyond it a school must be."""

    area: Literal["england", "authority"]
    margin: float = Field(default=0.0, ge=0.0)
    """In the unit of the indicator; percentage points for a percentage."""


class Measured(Part):
    """A condition on an indicator, with the least pupils that a figure must rest on."""

    indicator: str
    minimum_cohort: int | None = Field(default=None, ge=0)
    """The indicator's own when left out."""

    def _least(self, catalogue: Catalogue) -> int:
        own = catalogue.indicators[self.indicator].minimum_cohort
        return own if self.minimum_cohort is None else self.minimum_cohort

    def _cohorts(self) -> str:
        least = self.minimum_cohort
        return "" if least is None else f", where there are at least {least} pupils"

    def _newest(self, enquiry: Enquiry) -> int | Finding:
        """Return the year to read, or a finding that nothing is published for it or that it is too old."""
        named = wording.quoted(enquiry.catalogue.indicators[self.indicator])
        years = enquiry.school.years.get(self.indicator, ())
        newest = enquiry.year or (years[0] if years else None)
        on = wording.day(enquiry.school.as_at)
        if newest is None or newest not in years:
            said = f"No figures of {named} by {on} are in the files loaded."
            said = f"{named} is not in the files loaded." if enquiry.year else said
            return self._without_figure(Doubt.NO_FIGURES, because=said, period=newest)
        if newest < enquiry.oldest_year:
            of = "of that year" if enquiry.year else f"was last published for {wording.year(newest)}, which"
            return self._without_figure(
                Doubt.STALE, because=f"{named} {of} is too old on {on}.", period=newest
            )
        return newest

    def _without_figure(self, doubt: Doubt, *, because: str, period: int | None) -> Finding:
        return Finding(Answer.UNKNOWN, because, doubt, indicator=self.indicator, period=period)

    def _figure(self, enquiry: Enquiry, *, period: int) -> Finding:
        """Return a finding that holds the value of the year: MET when it is there and usable."""
        measure = enquiry.catalogue.indicators[self.indicator]
        figure = enquiry.school.figures.get((self.indicator, period))
        if figure is None:
            found = self._without_figure(Doubt.NO_ROW, because="", period=period)
            return figures.lacking(found, why="the school is not in the published file.", enquiry=enquiry)
        found = figures.of_figure(figure, measure=measure, period=period)
        return figures.usable(found, figure=figure, enquiry=enquiry, least=self._least(enquiry.catalogue))


class _Threshold(Measured):
    than: float | AreaComparator
    years: int = Field(default=1, ge=1, le=5)
    """In each of so many consecutive years."""

    def _sentence(self, catalogue: Catalogue, *, word: str, verb: str = "is") -> str:
        measure = catalogue.indicators[self.indicator]
        spell = f" in each of the newest {wording.count(self.years)} years" if self.years > 1 else ""
        limit = self._limit(measure)
        beyond = self._beyond(measure, word=word)
        return f"{wording.quoted(measure)} {verb} {beyond} {limit}{spell}{self._cohorts()}"

    def _limit(self, measure: IndicatorDefinition) -> str:
        if isinstance(self.than, float):
            return wording.limit(self.than, of=measure)
        return f"the {'England' if self.than.area == 'england' else 'authority'} figure"

    def _beyond(self, measure: IndicatorDefinition, *, word: str) -> str:
        """Return below, or more than 5 percentage points below."""
        margin = self.than.margin if isinstance(self.than, AreaComparator) else 0.0
        return f"more than {wording.gap(margin, of=measure)} {word}" if margin else word

    def _answer(self, enquiry: Enquiry, *, word: Literal["below", "above"]) -> Finding:
        newest = self._newest(enquiry)
        if isinstance(newest, Finding):
            return newest
        each = [self._year(enquiry, period=newest - back, word=word) for back in range(self.years)]
        if self.years == 1:
            return each[0]
        answer = every(found.answer for found in each)
        broken = break_between(
            enquiry.catalogue.indicators[self.indicator], first=newest - self.years + 1, last=newest
        )
        if answer is Answer.MET and broken:
            return replace(each[0], answer=Answer.UNKNOWN, reason=Doubt.SERIES_BREAK, because=broken)
        if answer is Answer.MET and isinstance(self.than, float):
            return replace(each[0], because=self._in_each(enquiry, each=each, word=word))
        return _together(each, answer=answer)

    def _in_each(self, enquiry: Enquiry, *, each: Sequence[Finding], word: str) -> str:
        """Return one sentence of all years, each beyond the same number."""
        measure = enquiry.catalogue.indicators[self.indicator]
        reached = wording.listed(
            (figures.reached(found, measure=measure, predecessor=found.urn) for found in each), last="and"
        )
        return f"{wording.quoted(measure)} was {reached}, each {word} {self._limit(measure)}."

    def _year(self, enquiry: Enquiry, *, period: int, word: Literal["below", "above"]) -> Finding:
        found = self._figure(enquiry, period=period)
        if found.value is None or found.answer is Answer.UNKNOWN:
            return found
        measure = enquiry.catalogue.indicators[self.indicator]
        shown = figures.stated(found, enquiry=enquiry)
        held = self._held_against(enquiry, period=period, word=word)
        if held is None:
            place = "England" if self._area() == "england" else "the authority"
            said = f"{shown}; there is no figure of {place} to hold it against."
            return replace(found, answer=Answer.UNKNOWN, reason=Doubt.NO_COMPARATOR, because=said)
        threshold, described = held
        number, bound = round(found.value, _PLACES), round(threshold, _PLACES)
        met = number < bound if word == "below" else number > bound
        beyond = self._beyond(measure, word=word)
        said = f"{shown}, {beyond if met else f'not {beyond}'} {described}."
        return figures.judged(found, met=met, because=said, threshold=bound)

    def _area(self) -> str:
        return self.than.area if isinstance(self.than, AreaComparator) else ""

    def _held_against(self, enquiry: Enquiry, *, period: int, word: str) -> tuple[float, str] | None:
        """Return the threshold and its words; None when the area's figure is not known."""
        measure = enquiry.catalogue.indicators[self.indicator]
        if isinstance(self.than, float):
            return self.than, wording.limit(self.than, of=measure)
        found = self._beside(enquiry, period=period, area=self.than.area)
        if found is None:
            return None
        number, words = found
        return number + (self.than.margin if word == "above" else -self.than.margin), words

    def _beside(self, enquiry: Enquiry, *, period: int, area: str) -> tuple[float, str] | None:
        """Return the area's figure and its words; None when it is not known."""
        school, measure = enquiry.school, enquiry.catalogue.indicators[self.indicator]
        england = area == "england"
        found = school.areas.beside(
            level=Level.ENGLAND if england else Level.AUTHORITY,
            area=ENGLAND if england else school.authority,
            phase=school.phase,
            indicator=self.indicator,
            period=period,
        )
        if found is None or not isinstance(found[0].value, Known):
            return None
        number, phase = found[0].value.value, found[1]
        name = "England" if england else "authority"
        worked_out = " (worked out from schools)" if found[0].computed else ""
        words = f"the {name} figure of {wording.amount(number, of=measure)}{_of_phase(phase)}"
        return number, words + worked_out


class Below(_Threshold):
    """The value is less than a number, or than an area's figure by more than a margin. At it is not below."""

    kind: Literal["below"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self._sentence(catalogue, word="below")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return self._sentence(catalogue, word="below", verb="is not")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether the school's value is below, for each of `years` consecutive years."""
        return self._answer(enquiry, word="below")


class Above(_Threshold):
    """The value is more than a number, or than an area's figure by more than a margin. At it is not above."""

    kind: Literal["above"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self._sentence(catalogue, word="above")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return self._sentence(catalogue, word="above", verb="is not")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether the school's value is above, for each of `years` consecutive years."""
        return self._answer(enquiry, word="above")


class _Change(Measured):
    by: float = Field(gt=0.0)
    """At least so much, in the unit of the indicator, from the first year to the last."""
    over_years: int = Field(ge=2, le=6)
    """So many consecutive years of results, with no break in the series."""

    def _sentence(self, catalogue: Catalogue, *, word: str) -> str:
        measure = catalogue.indicators[self.indicator]
        return (
            f"{wording.quoted(measure)} has {word} by at least {wording.gap(self.by, of=measure)} "
            f"over {wording.count(self.over_years)} consecutive years{self._cohorts()}"
        )

    def _answer(self, enquiry: Enquiry, *, word: Literal["fallen", "risen"]) -> Finding:
        newest = self._newest(enquiry)
        if isinstance(newest, Finding):
            return newest
        measure = enquiry.catalogue.indicators[self.indicator]
        first = newest - self.over_years + 1
        each = [self._figure(enquiry, period=period) for period in range(newest, first - 1, -1)]
        unusable = next((found for found in each if found.answer is Answer.UNKNOWN), None)
        if unusable is not None:
            return unusable
        broken = break_between(measure, first=first, last=newest)
        if broken:
            return replace(each[0], answer=Answer.UNKNOWN, reason=Doubt.SERIES_BREAK, because=broken)
        change = round((each[0].value or 0.0) - (each[-1].value or 0.0), _PLACES)
        met = (-change if word == "fallen" else change) >= self.by
        said = (
            f"{wording.quoted(measure)} went {figures.from_to(each[-1], each[0], measure=measure)}: "
            f"it has {'' if met else 'not '}{word} by at least {wording.gap(self.by, of=measure)}."
        )
        return figures.judged(each[0], met=met, because=said, threshold=self.by)


class Falling(_Change):
    """The value fell by at least `by` from the first to the last of consecutive years."""

    kind: Literal["falling"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self._sentence(catalogue, word="fallen")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return self._sentence(catalogue, word="not fallen")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it fell; unknown when a year is missing or the series breaks."""
        return self._answer(enquiry, word="fallen")


class Rising(_Change):
    """The value rose by at least `by` from the first to the last of consecutive years."""

    kind: Literal["rising"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self._sentence(catalogue, word="risen")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return self._sentence(catalogue, word="not risen")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it rose; unknown when a year is missing or the series breaks."""
        return self._answer(enquiry, word="risen")


def _together(each: Sequence[Finding], *, answer: Answer) -> Finding:
    """Return one finding of several years, led by the year that decides it."""
    lead = next(found for found in each if found.answer is answer)
    said = " ".join(found.because for found in each) if answer is Answer.MET else lead.because
    return replace(lead, because=said)


def break_between(measure: IndicatorDefinition, *, first: int, last: int) -> str:
    """Return a sentence on a break after `first` up to `last`, or nothing."""
    for broken in measure.breaks:
        if first < broken.year <= last:
            return (
                f"{wording.quoted(measure)} of {wording.year(broken.year)} cannot be compared "
                f"with the year before: {broken.why.rstrip('.')}."
            )
    return ""


def _of_phase(phase: str) -> str:
    return "" if phase == ALL_PHASES else f" for {phase.replace('_', '-')} schools"
