"""Bands, floor standards and coasting as they are printed: the answer in words first, then its workings."""

from collections.abc import Iterable
from dataclasses import dataclass

from steward.analysis.accountability.banding import Banding, Ground
from steward.analysis.accountability.clauses import Met, Working, settling
from steward.analysis.accountability.definition import AnyOf, Below, Standard
from steward.analysis.accountability.progress8 import Band
from steward.analysis.accountability.standards import Answer, Judgement
from steward.evidence import catalogues
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.pages.queries.accountability import Account, Book, YearOfAccount
from steward.pages.views.measure_parts import figure_address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import Known, Missing, Reason, Value

NOT_VERIFIED = "not verified against the primary source"
_BAND_CONCERNS = {
    Band.WELL_ABOVE: Concern.NONE,
    Band.ABOVE: Concern.NONE,
    Band.AVERAGE: Concern.PLAIN,
    Band.BELOW: Concern.MEDIUM,
    Band.WELL_BELOW: Concern.HIGH,
}
_MET = {
    Met.YES: Tag("Met", Concern.HIGH),
    Met.NO: Tag("Not met", Concern.NONE),
    Met.UNKNOWN: Tag("Could not be settled", Concern.UNSETTLED),
}
_GROUNDS = {
    Ground.PUBLISHED: "The band as published.",
    Ground.PRINTED_LIMITS: "Worked out here from the score and its printed interval.",
    Ground.OWN_LIMITS: "Worked out here from the score, the number of pupils and how much pupils differ "
    "across England.",
    Ground.NOTHING: "No band is published, and without an interval none can be worked out.",
}
_NOT_IN_FORCE = (
    "Results of this year were held against no floor standard and no definition of coasting: both were "
    "abolished from September 2019."
)
ANSWERS = {
    "floor": {
        Answer.BELOW: "Below the floor standard",
        Answer.NOT_BELOW: "Not below the floor standard",
        Answer.NOT_SETTLED: "Could not be settled",
        Answer.TOO_FEW: "Too few pupils to be held against it",
    },
    "coasting": {
        Answer.BELOW: "Coasting",
        Answer.NOT_BELOW: "Not coasting",
        Answer.NOT_SETTLED: "Could not be settled",
        Answer.TOO_FEW: "Too few pupils to be held against it",
    },
}
_CONCERNS = {
    Answer.BELOW: Concern.HIGH,
    Answer.NOT_BELOW: Concern.NONE,
    Answer.NOT_SETTLED: Concern.UNSETTLED,
    Answer.TOO_FEW: Concern.PLAIN,
}


@dataclass(frozen=True, slots=True)
class JudgementPart:
    """A standard as it is printed: the answer, why, the rule, and every clause with its value."""

    title: str
    answer: Tag
    because: str
    rule: str
    dates: str
    source: str
    source_url: str
    unverified: str
    notes: str
    workings: Table


@dataclass(frozen=True, slots=True)
class YearPart:
    """A year of a school as it is printed."""

    id: str
    title: str
    bands: Table | None
    grounds: tuple[str, ...]
    judgements: tuple[JudgementPart, ...]
    not_in_force: str


def finding(account: Account) -> str:
    """Return the sentence that matters: the newest year with a band, and the newest standards."""
    banded = next((one for one in account.years if any(each.band for each in one.bandings)), None)
    said = [_bands_sentence(banded)] if banded else []
    ruled = next((one for one in account.years if one.judgements and one.has_results), None)
    if ruled:
        answers = "; ".join(_answer_clause(one) for one in ruled.judgements)
        said.append(f"In {AcademicYear(ruled.year)}, the last year it was held to standards: {answers}.")
    return " ".join(said) or "No result that a national band or standard was made of has been loaded."


def year_parts(account: Account, *, urn: int) -> list[YearPart]:
    """Return every year of a school as it is printed, the newest first."""
    return [_year_part(one, urn=urn, book=account.figures) for one in account.years]


def answer_words(judgement: Judgement) -> str:
    """Return the answer in words."""
    return ANSWERS[judgement.standard.measure][judgement.answer]


def answer_tag(judgement: Judgement) -> Tag:
    """Return the answer as a word with the shape of its concern."""
    return Tag(answer_words(judgement), _CONCERNS[judgement.answer])


def because(judgement: Judgement) -> str:
    """Return in a sentence which figures settle the answer, or which are missing."""
    standard = judgement.standard
    if judgement.answer is Answer.TOO_FEW and judgement.pupils is not None:
        pupils = words.counted(round(judgement.pupils), one="pupil")
        return f"It rests on {pupils}; the standard is for schools with {standard.minimum_pupils} or more."
    if judgement.answer is Answer.NOT_SETTLED and not any(_is_known(one.working) for one in judgement.years):
        return "None of the figures that would settle it is at hand."
    wanted = {Answer.BELOW: Met.YES, Answer.NOT_BELOW: Met.NO}.get(judgement.answer, Met.UNKNOWN)
    years = [one for one in judgement.years if one.working.met is wanted]
    if wanted is Met.NO:
        years = years[-1:]
    named = len(judgement.years) > 1
    said = [
        f"{f'in {AcademicYear(one.year)} ' if named else ''}{_joined(settling(one.working))}" for one in years
    ]
    sentence = "; ".join(said)
    lead = "Missing: " if wanted is Met.UNKNOWN else ""
    return f"{lead}{sentence if lead else sentence[:1].upper() + sentence[1:]}."


def _is_known(working: Working) -> bool:
    return isinstance(working.value, Known) or any(_is_known(part) for part in working.parts)


def _joined(settled: Iterable[Working]) -> str:
    """Return the clauses that settle an answer with their values, or the missing figures by their reason."""
    missing: dict[str, list[str]] = {}
    known = []
    for one in settled:
        clause, value = one.clause, one.value
        if not isinstance(clause, Below):
            continue
        if isinstance(value, Known):
            relation = "below" if one.met is Met.YES else "not below"
            known.append(f"the {clause.what} was {_amount(value, clause)}, {relation} {_limit(clause)}")
        else:
            missing.setdefault(_why_missing(clause, value), []).append(f"the {clause.what}")
    unknown = (f"{', '.join(named)} ({why})" for why, named in missing.items())
    return ", and ".join([*known, *unknown])


def _why_missing(clause: Below, value: Value | None) -> str:
    if not clause.indicator or not isinstance(value, Missing):
        return "in no publication loaded"
    return value.reason.label.lower()


def _bands_sentence(year: YearOfAccount) -> str:
    said = (
        f"{catalogues.indicators()[one.measure].title} was {one.band.label.lower()}"
        for one in year.bandings
        if one.band is not None
    )
    return f"In {AcademicYear(year.year)}: {'; '.join(said)}."


def _answer_clause(judgement: Judgement) -> str:
    standard = judgement.standard
    name = "the floor standard" if standard.measure == "floor" else "coasting"
    if judgement.answer is Answer.NOT_SETTLED:
        return f"{name} for {standard.phase} schools could not be settled"
    if judgement.answer is Answer.TOO_FEW:
        return f"too few pupils to be held against {name} for {standard.phase} schools"
    said = answer_words(judgement)
    return f"{said[:1].lower()}{said[1:]} for {standard.phase} schools"


def _year_part(year: YearOfAccount, *, urn: int, book: Book) -> YearPart:
    written = str(AcademicYear(year.year))
    grounds = dict.fromkeys(_ground_words(one) for one in year.bandings if isinstance(one.score, Known))
    return YearPart(
        id=f"year-{year.year}",
        title=written,
        bands=_bands_table(year, urn=urn) if year.bandings else None,
        grounds=tuple(grounds),
        judgements=tuple(_judgement_part(one, urn=urn, book=book) for one in year.judgements),
        not_in_force=_NOT_IN_FORCE if year.after_standards else "",
    )


def _ground_words(one: Banding) -> str:
    said = [_GROUNDS[one.ground]]
    if one.moved:
        said.append(
            "The interval was printed with an earlier version of the score; its width is laid around the "
            "score as it is now."
        )
    if not one.verified:
        said.append(f"The cut-offs of the bands are {NOT_VERIFIED}.")
    return " ".join(said)


def _bands_table(year: YearOfAccount, *, urn: int) -> Table:
    return Table(
        f"Progress in {AcademicYear(year.year)}",
        (
            Column("Measure"),
            Column("Band"),
            Column("Score", numeric=True),
            Column("95% interval", numeric=True),
            Column("Pupils", numeric=True),
        ),
        tuple(_band_row(one, urn=urn) for one in year.bandings),
    )


def _band_row(one: Banding, *, urn: int) -> tuple[object, ...]:
    indicator = catalogues.indicators()[one.measure]
    limits = one.limits
    interval = "Not known"
    if limits is not None:
        low, high = words.ends_in_words((limits.lower, limits.upper), measured=indicator)
        interval = f"{low} to {high}"
    cohort = one.score.cohort
    return (
        indicator.title,
        Tag(one.band.label, _BAND_CONCERNS[one.band]) if one.band else _no_band(one.score),
        Cell(
            words.value_in_words(one.score, measured=indicator),
            href=figure_address(urn, code=one.measure, period=one.year),
        ),
        interval,
        Reason.NOT_RECORDED.label if cohort is None else words.number(cohort),
    )


def _no_band(score: Value) -> Tag:
    known = isinstance(score, Known)
    return Tag("Could not be settled" if known else "No score", Concern.UNSETTLED)


def _judgement_part(judgement: Judgement, *, urn: int, book: Book) -> JudgementPart:
    standard = judgement.standard
    return JudgementPart(
        title=_title_of(standard),
        answer=answer_tag(judgement),
        because=because(judgement),
        rule=standard.in_words,
        dates=in_force_words(standard),
        source=standard.source,
        source_url=standard.source_url,
        unverified=standard.unverified,
        notes=standard.notes,
        workings=workings_table(judgement, urn=urn, book=book),
    )


def _title_of(standard: Standard) -> str:
    name = "Floor standard" if standard.measure == "floor" else "Coasting"
    return f"{name}, {standard.phase}"


def in_force_words(standard: Standard) -> str:
    """Return from when to when a standard was in force."""
    until = f" to {words.day(standard.in_force_to)}" if standard.in_force_to else ""
    return f"In force from {words.day(standard.in_force_from)}{until}."


def workings_table(judgement: Judgement, *, urn: int, book: Book) -> Table:
    """Return every clause with its value and whether it is met."""
    rows = tuple(
        row for one in judgement.years for row in _rows(one.working, year=one.year, place=_Place(urn, book))
    )
    return Table(
        f"Clauses of “{judgement.standard.title}”",
        (
            Column("Clause"),
            Column("Year"),
            Column("Value", numeric=True),
            Column("Limit"),
            Column("Clause met"),
        ),
        rows,
        hide_caption=True,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the figures of a school stand."""

    urn: int
    book: Book


def _rows(working: Working, *, year: int, place: _Place, within: str = "") -> list[tuple[object, ...]]:
    clause = working.clause
    if isinstance(clause, Below):
        return [_row(working, clause=clause, year=year, place=place, within=within)]
    one_of = "One is enough: " if isinstance(clause, AnyOf) else ""
    return [row for part in working.parts for row in _rows(part, year=year, place=place, within=one_of)]


def _row(working: Working, *, clause: Below, year: int, place: _Place, within: str) -> tuple[object, ...]:
    value = working.value
    notes = [clause.limit_is, "" if clause.verified else NOT_VERIFIED]
    held = (clause.indicator, year) in place.book
    if not isinstance(value, Known):
        written = _missing_words(clause, value=value, held=held)
    else:
        written = _amount(value, clause)
    href = figure_address(place.urn, code=clause.indicator, period=year) if held else ""
    what = f"{within}{clause.what}"
    return (
        what[:1].upper() + what[1:],
        str(AcademicYear(year)),
        Cell(written, href=href),
        Cell(f"below {_limit(clause)}", note="; ".join(one for one in notes if one)),
        _MET[working.met],
    )


def _missing_words(clause: Below, *, value: Value | None, held: bool) -> str:
    if not clause.indicator or not held or not isinstance(value, Missing):
        return "In no publication loaded"
    return value.reason.label


def _amount(value: Known, clause: Below) -> str:
    indicator = catalogues.indicators().get(clause.indicator)
    if indicator is None:
        return words.number(value.value, decimals=1)
    return words.value_in_words(value, measured=indicator)


def _limit(clause: Below) -> str:
    places = 0 if clause.limit == round(clause.limit) else len(f"{clause.limit:g}".split(".")[1])
    return words.with_unit(words.number(clause.limit, decimals=places), unit=clause.unit)
