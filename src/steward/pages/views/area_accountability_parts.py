"""The lists of an authority as they are printed: counts of every list, and the schools of the one chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from steward.analysis.accountability.standards import Answer
from steward.evidence import catalogues
from steward.interface import csv_files, words
from steward.interface.parts import Cell, Column, Table
from steward.pages.queries.area_accountability import AreaAccount, ListedSchool, SchoolsAsked
from steward.pages.views import accountability_parts as parts
from steward.pages.views.addresses import address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Standing
from steward.vocabulary.values import Known

NAME, SCORE = "name", "score"
_HEADER = (
    "list",
    "year",
    "urn",
    "school",
    "phase",
    "counted",
    "answer",
    "because",
    "verified",
    "in_force",
    "source",
)
_BAND_ANSWERS = {
    Answer.BELOW: "Well below average",
    Answer.NOT_BELOW: "Not well below average",
    Answer.NOT_SETTLED: "Could not be settled",
}


@dataclass(frozen=True, slots=True)
class ChosenPart:
    """The list that is chosen: the sentence that matters, the rule, and its schools in two tables."""

    title: str
    finding: str
    rule: str
    source: str
    unverified: str
    below: Table | None
    unsettled: Table | None
    apart_words: str
    apart: Table | None
    """Special schools and alternative provision, whatever was asked of them; None where there are none."""


def finding(account: AreaAccount) -> str:
    """Return the sentences that matter: the last year of standards, and the newest of bands."""
    standards = [one for one in account.lists if one.standard]
    banded = [one for one in account.lists if not one.standard]
    said = [_standards_sentence(_newest(standards)), _bands_sentence(_newest(banded))]
    return " ".join(one for one in said if one) or (
        "No result that a national band or standard was made of has been loaded for this authority."
    )


def years_to_choose(account: AreaAccount, *, shown: int) -> list[tuple[int, str, bool]]:
    """Return the years with lists as choices: value, text, and whether it is the one shown."""
    years = sorted({one.year for one in account.lists}, reverse=True)
    return [(year, str(AcademicYear(year)), year == shown) for year in years]


def counts_table(account: AreaAccount, *, year: int, chosen: SchoolsAsked | None) -> Table:
    """Return how many schools have each answer in a year, a row for each list; each opens its schools."""
    return Table(
        f"Schools by answer in {AcademicYear(year)}",
        (
            Column("Measure"),
            Column("Below", numeric=True),
            Column("Not below", numeric=True),
            Column("Could not be settled", numeric=True),
            Column("Too few pupils", numeric=True),
            Column("No results loaded", numeric=True),
        ),
        tuple(_counts_row(one, chosen=chosen is one) for one in account.lists if one.year == year),
    )


def chosen_part(asked: SchoolsAsked, *, sort: str) -> ChosenPart:
    """Return the list that is chosen as it is printed."""
    standard = asked.standard
    below, unsettled = asked.having(Answer.BELOW), asked.having(Answer.NOT_SETTLED)
    return ChosenPart(
        title=asked.title,
        finding=f"{_below_words(asked)[:1].upper()}{_below_words(asked)[1:]}. {_apart_words(asked)}",
        rule=f"{standard.in_words} {parts.in_force_words(standard)}" if standard else _band_rule(asked),
        source=standard.source if standard else "",
        unverified=standard.unverified if standard else "",
        below=_schools_table(asked, listed=below, sort=sort, caption="Below") if below else None,
        unsettled=_schools_table(asked, listed=unsettled, sort=sort, caption="Could not be settled")
        if unsettled
        else None,
        apart_words=_special_words(asked),
        apart=_apart_table(asked, sort=sort) if asked.apart else None,
    )


def _special_words(asked: SchoolsAsked) -> str:
    """Return why special schools stand apart and how many are held well below; empty where there are none."""
    if not asked.apart:
        return ""
    below = sum(one.answer is Answer.BELOW for one in asked.apart)
    many = words.counted(
        len(asked.apart),
        one="special school or alternative provision has",
        many="special schools and alternative provisions have",
    )
    return (
        f"{many} a result too; by the same sum {words.number(below)} of them would be well below average. "
        "They are not counted above: many of their pupils work below the level of the tests, so the score "
        "says little of such a school. Read it beside its like."
    )


def _apart_table(asked: SchoolsAsked, *, sort: str) -> Table:
    return _schools_table(
        asked, listed=asked.apart, sort=sort, caption="Special schools and alternative provision, apart"
    )


def as_csv(account: AreaAccount) -> bytes:
    """Return every school of every list as CSV in UTF-8 with a byte order mark."""
    rows = (_csv_row(asked, one) for asked in account.lists for one in asked.schools)
    return csv_files.csv_bytes([_HEADER, *rows])


def _newest(asked: list[SchoolsAsked]) -> list[SchoolsAsked]:
    return [one for one in asked if one.year == asked[0].year]


def _standards_sentence(asked: list[SchoolsAsked]) -> str:
    if not asked:
        return ""
    said = []
    for measure, words_of_it in (("floor", "below the floor standard"), ("coasting", "coasting")):
        of_it = [one for one in asked if one.standard and one.standard.measure == measure]
        named = [f"{_below(one)} {one.standard.phase}" for one in of_it if one.standard]
        if named:
            said.append(f"{' and '.join(named)} schools were {words_of_it}")
    return f"In {AcademicYear(asked[0].year)}, {'; '.join(said)}{_unsettled_words(asked)}."


def _bands_sentence(asked: list[SchoolsAsked]) -> str:
    if not asked:
        return ""
    named = (f"{catalogues.indicators()[one.measure].title}, {_below(one)}" for one in asked)
    year = AcademicYear(asked[0].year)
    return f"Well below average in {year}: {'; '.join(named)}{_unsettled_words(asked)}."


def _below(asked: SchoolsAsked) -> str:
    return f"{words.number(asked.counts[Answer.BELOW])} of {words.number(len(asked.mainstream))}"


def _unsettled_words(asked: list[SchoolsAsked]) -> str:
    unsettled = sum(one.counts[Answer.NOT_SETTLED] for one in asked)
    if not unsettled:
        return ""
    return f"; {words.counted(unsettled, one='answer')} could not be settled"


def _named(asked: SchoolsAsked) -> str:
    if asked.standard is None:
        return catalogues.indicators()[asked.measure].title
    measure = "the floor standard" if asked.standard.measure == "floor" else "coasting"
    return f"{measure} for {asked.standard.phase} schools"


def _below_words(asked: SchoolsAsked) -> str:
    what = {"floor": "below it", "coasting": "coasting"}
    how = what[asked.standard.measure] if asked.standard else "well below average"
    count, every = asked.counts[Answer.BELOW], len(asked.mainstream)
    return f"{words.number(count)} of {words.counted(every, one='school')} {how}"


def _apart_words(asked: SchoolsAsked) -> str:
    unsettled, few = asked.counts[Answer.NOT_SETTLED], asked.counts[Answer.TOO_FEW]
    said = [f"{words.number(unsettled)} could not be settled, and may be below or not."] if unsettled else []
    if few:
        said.append(f"{words.number(few)} had too few pupils to be held against it.")
    if asked.without_results:
        counted = words.counted(asked.without_results, one="open school")
        said.append(f"Of {counted} no result of the year is loaded, as of infant and newer schools.")
    return " ".join(said)


def _band_rule(asked: SchoolsAsked) -> str:
    if asked.measure == "progress_8":
        far = words.number(-0.5, decimals=1)
        return f"Well below average: the score is below {far} and the whole 95% interval is below zero."
    return (
        "Well below average: the score is in about the lowest tenth of England, at or below the cut-off of "
        "the year, and the whole 95% interval is below zero."
    )


def _counts_row(asked: SchoolsAsked, *, chosen: bool) -> tuple[object, ...]:
    counts = asked.counts
    named = _named(asked)
    title = f"{named[:1].upper()}{named[1:]}{'' if asked.standard else ': well below average'}"
    return (
        Cell(title, href=f"?list={asked.key}#schools", note="Shown below" if chosen else ""),
        words.number(counts[Answer.BELOW]),
        words.number(counts[Answer.NOT_BELOW]),
        words.number(counts[Answer.NOT_SETTLED]),
        words.number(counts[Answer.TOO_FEW]) if asked.standard else "Not asked",
        words.number(asked.without_results),
    )


def _schools_table(asked: SchoolsAsked, *, listed: Iterable[ListedSchool], sort: str, caption: str) -> Table:
    scored = not asked.standard
    last = Column("Score", numeric=True, sort=SCORE) if scored else Column("Why")
    return Table(
        caption,
        (Column("School", sort=NAME), Column("Phase"), last),
        tuple(_school_row(one) for one in _in_order(listed, sort=sort)),
        sorted_by=sort,
    )


def _in_order(listed: Iterable[ListedSchool], *, sort: str) -> list[ListedSchool]:
    by_score = sort.removeprefix("-") == SCORE
    ordered = sorted(listed, key=_score if by_score else lambda one: (0.0, one.name))
    return ordered[::-1] if sort.startswith("-") else ordered


def _score(one: ListedSchool) -> tuple[float, str]:
    value = one.banding.score if one.banding else None
    return (value.value if isinstance(value, Known) else float("inf")), one.name


def _school_row(one: ListedSchool) -> tuple[object, ...]:
    closed = "Closed since" if one.standing is Standing.CLOSED else ""
    name = Cell(one.name, href=address("pages:school-accountability", one.urn), note=closed)
    return name, one.phase.label, parts.because(one.judgement) if one.judgement else _score_words(one)


def _score_words(one: ListedSchool) -> str:
    if one.banding is None:
        return ""
    return words.value_in_words(one.banding.score, measured=catalogues.indicators()[one.banding.measure])


def _csv_row(asked: SchoolsAsked, one: ListedSchool) -> tuple[object, ...]:
    standard = asked.standard
    answers = parts.ANSWERS[standard.measure] if standard else _BAND_ANSWERS
    return (
        asked.title,
        str(AcademicYear(asked.year)),
        one.urn,
        one.name,
        one.phase.label,
        "no" if one in asked.apart else "yes",
        answers[one.answer],
        parts.because(one.judgement) if one.judgement else f"Score: {_score_words(one)}",
        "yes" if (one.judgement is None or one.judgement.verified) else "no",
        parts.in_force_words(standard) if standard else "",
        standard.source if standard else "",
    )
