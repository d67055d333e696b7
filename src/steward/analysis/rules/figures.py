"""What was found of a measure in one year, and the sentences that say it."""

from dataclasses import replace

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding, yes_or_no
from steward.analysis.rules.catalogue import Enquiry
from steward.analysis.rules.cohorts import size_behind
from steward.analysis.rules.school_evidence import Figure
from steward.vocabulary.values import Known, Missing


def of_figure(figure: Figure, *, measure: IndicatorDefinition, period: int) -> Finding:
    """Return a finding with what is published, not yet held against anything."""
    return Finding(
        Answer.MET,
        "",
        indicator=measure.id,
        value=figure.value.value if isinstance(figure.value, Known) else None,
        cohort=figure.value.cohort,
        period=period,
        release=figure.release,
        row=figure.row,
        urn=figure.predecessor,
    )


def judged(found: Finding, *, met: bool, because: str, threshold: float) -> Finding:
    """Return the finding of a usable value once it is held against a threshold; quicker than `replace`."""
    return Finding(
        yes_or_no(met=met),
        because,
        indicator=found.indicator,
        value=found.value,
        cohort=found.cohort,
        period=found.period,
        threshold=threshold,
        release=found.release,
        row=found.row,
        urn=found.urn,
        size=found.size,
    )


def usable(found: Finding, *, figure: Figure, enquiry: Enquiry, least: int) -> Finding:
    """Return the finding, or that its figure is withheld or of too few pupils."""
    if isinstance(figure.value, Missing):
        reason = figure.value.reason
        found = replace(found, answer=Answer.UNKNOWN, reason=reason)
        return lacking(found, why=f"{reason.label.lower()}. {reason.explanation}", enquiry=enquiry)
    measure = enquiry.catalogue.indicators[found.indicator]
    size = size_behind(enquiry.school.figures, measure=measure, period=found.period or 0, least=least)
    if found.cohort is None:
        found = replace(found, cohort=size.pupils, size=size.words)
    if size.enough:
        return found
    said = f"{stated(found, enquiry=enquiry)}; a figure needs at least {least} pupils to be used."
    return replace(found, answer=Answer.UNKNOWN, because=said, reason=Doubt.SMALL_COHORT)


def lacking(found: Finding, *, why: str, enquiry: Enquiry) -> Finding:
    """Return the finding of a measure without a figure, with its sentence."""
    aside = wording.aside(None, predecessor=_whose(found, enquiry=enquiry))
    lack = f"{_when(found, enquiry=enquiry)}{aside}: {why}"
    named = wording.quoted(enquiry.catalogue.indicators[found.indicator])
    return replace(found, because=f"{named} has no figure{lack}", lack=lack)


def stated(found: Finding, *, enquiry: Enquiry) -> str:
    """Return "“Progress 8” was 0.30 in 2018 to 2019 (30 pupils)", to be carried on."""
    measure = enquiry.catalogue.indicators[found.indicator]
    shown = wording.amount(found.value or 0.0, of=measure)
    aside = _aside(found, predecessor=_whose(found, enquiry=enquiry))
    return f"{wording.quoted(measure)} was {shown}{_when(found, enquiry=enquiry)}{aside}"


def _when(found: Finding, *, enquiry: Enquiry) -> str:
    """Return " in 2018 to 2019"; nothing where the condition around names the one year of all measures."""
    return f" in {wording.year(found.period or 0)}" if enquiry.year is None else ""


def _whose(found: Finding, *, enquiry: Enquiry) -> int | None:
    """Return the earlier URN of the figure; None where it has none or the condition around names it."""
    return None if found.urn == enquiry.predecessor else found.urn


def from_to(first: Finding, last: Finding, *, measure: IndicatorDefinition) -> str:
    """Return "from 63% in 2015 to 2016 (30 pupils) to 57% in 2017 to 2018 (28 pupils)"."""
    if first.urn is None or first.urn != last.urn:
        before, after = (reached(each, measure=measure, predecessor=each.urn) for each in (first, last))
        return f"from {before} to {after}"
    before, after = (reached(each, measure=measure, predecessor=None) for each in (first, last))
    return f"from {before} to {after}, both under its earlier URN {first.urn}"


def reached(found: Finding, *, measure: IndicatorDefinition, predecessor: int | None) -> str:
    """Return "63% in 2015 to 2016 (30 pupils)"."""
    shown = wording.amount(found.value or 0.0, of=measure)
    return f"{shown} in {wording.year(found.period or 0)}{_aside(found, predecessor=predecessor)}"


def _aside(found: Finding, *, predecessor: int | None) -> str:
    return wording.aside(found.cohort, size=found.size, predecessor=predecessor)
