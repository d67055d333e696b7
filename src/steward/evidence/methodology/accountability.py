"""The national measures by which schools were held to account, as a document, with examples worked out."""

from collections.abc import Iterator
from typing import TypeVar

from steward.analysis.accountability import catalogue
from steward.analysis.accountability.clauses import limits_in
from steward.analysis.accountability.definition import (
    AttainmentRules,
    DatedRule,
    KeyStage2Tables,
    LevelTables,
    Progress8Tables,
    Standard,
)
from steward.evidence.methodology import accountability_examples, upkeep
from steward.interface import markdown, words
from steward.vocabulary.academic_year import AcademicYear

T = TypeVar("T")
_INTRODUCTION = (
    "Schools were held to measures that changed from year to year. Each year is held here to the rules that "
    "were in force in it, and to nothing else. A figure that is missing is never read as good: where it "
    "would decide, the answer is “could not be settled”, and such schools are counted apart."
)
_ROUNDING = (
    "Numbers are rounded only where they are shown, halves away from zero, as the Department for Education "
    "rounds them: 2.85 is 2.9 with one decimal, 285 is 290 to the nearest ten."
)
_BANDS = (
    "A score of progress is in one of five bands. It is **average** where its 95% interval touches zero. "
    "Above or below that, Progress 8 is **well above** from 0.5 and **well below** under "
    f"{words.MINUS}0.5 (at {words.MINUS}0.5 it is "
    "“below”); progress at key stage 2 is well above or well below in about the highest and lowest tenth of "
    "England, at the cut-offs below, all compared with one decimal as printed. A published band stands as it "
    "is; where none is, it is worked out from the printed interval, or from one worked out here; without an "
    "interval there is no band."
)
_GAP_INDEX = (
    "The disadvantage gap index puts all pupils in order of their result, with the mean place where results "
    "are equal. It is twenty times the difference between the mean places of other and of disadvantaged "
    "pupils, divided by the number of pupils: 0 is no gap, 10 is every other pupil above every disadvantaged "
    "one. It needs the results of single pupils, so it is worked out only where an authority loads its own "
    "file of pupils; for an authority it has a 95% interval, found by drawing the pupils anew a thousand "
    "times. The factor of twenty is inferred from the published index of 2014 (3.15), not read in a "
    "document. Source: Statistical first release 40/2014."
)
_ATTAINMENT_8 = (
    "Attainment 8 adds English, doubled where a pupil took both language and literature; mathematics, "
    "doubled; the best three further results of the English Baccalaureate; and the best three of what is "
    "left. A slot without a result counts 0."
)
_PROGRESS_8 = (
    "Progress 8 of a pupil is the distance from the average of pupils with like results at the end of "
    "primary school, divided by ten; of English and mathematics by two, of the two other elements by three. "
    "That of a school is the mean of its pupils. Its 95% interval reaches 1.96 standard errors each way, "
    "from how much pupils of mainstream schools differ across England."
)


def accountability() -> str:
    """Return every rule and table with its dates and source, and examples worked out by the rules."""
    standards = sorted(catalogue.standards(), key=lambda one: (one.measure, one.phase, one.year))
    return markdown.document(
        (
            markdown.heading("National measures of accountability", level=1),
            _INTRODUCTION,
            _ROUNDING,
            markdown.heading("Floor standards and coasting", level=2, anchor="standards"),
            *(block for one in reversed(standards) for block in _standard(one)),
            markdown.heading("Bands of progress", level=2, anchor="bands"),
            _BANDS,
            *(block for one in _by_year(catalogue.key_stage_2_tables()) for block in _key_stage_2(one)),
            markdown.heading("Attainment 8", level=2, anchor="attainment-8"),
            _ATTAINMENT_8,
            *(block for one in catalogue.attainment_rules() for block in _attainment(one)),
            markdown.heading("Progress 8", level=2, anchor="progress-8"),
            _PROGRESS_8,
            *(block for one in _by_year(catalogue.progress_8_tables()) for block in _progress_8(one)),
            markdown.heading("Levels, until 2015", level=2, anchor="levels"),
            *_levels(catalogue.level_tables()),
            markdown.heading("Disadvantage gap index", level=2, anchor="gap-index"),
            _GAP_INDEX,
            *accountability_examples.blocks(),
        )
    )


def _by_year(tables: dict[int, T]) -> list[T]:
    return [tables[year] for year in sorted(tables, reverse=True)]


def _head(one: DatedRule, *, title: str = "") -> Iterator[str]:
    until = f" to {words.day(one.in_force_to)}" if one.in_force_to else ""
    yield markdown.heading(title or one.title, level=3, anchor=one.id)
    yield upkeep.unchecked(one)
    yield markdown.facts(
        (
            ("In force", f"{words.day(one.in_force_from)}{until}"),
            ("Source", one.source),
            ("Address", one.source_url),
            ("Note", one.notes),
            ("Looked after by", upkeep.kept(one)),
        )
    )


def _standard(one: Standard) -> Iterator[str]:
    yield from _head(one)
    yield one.in_words
    few = "" if one.minimum_verified else " (not verified against the primary source)"
    yield f"Schools with fewer than {one.minimum_pupils} pupils are not held against it{few}."
    yield markdown.table(
        ("School year", "Figure", "Met where below", "Which is", "Read from"),
        (
            (
                str(AcademicYear(part.year)),
                limit.what,
                words.with_unit(f"{limit.limit:g}".replace("-", words.MINUS), unit=limit.unit),
                "; ".join(filter(None, (limit.limit_is, "" if limit.verified else "not verified"))),
                markdown.code(limit.indicator) if limit.indicator else "no publication at hand",
            )
            for part in one.years
            for limit in limits_in(part.clause)
        ),
    )


def _key_stage_2(one: KeyStage2Tables) -> Iterator[str]:
    yield from _head(one)
    yield (
        f"The expected standard is a scaled score of {one.expected:g} in reading and in mathematics and a "
        f"judgement of {' or '.join(one.expected_writing)} in writing; the higher standard {one.higher:g} "
        f"and {' or '.join(one.higher_writing)}. A pupil reaches either only in all three. Pupils are "
        f"compared within {one.prior_groups} groups by results at the age of 7."
    )
    yield markdown.table(
        ("Subject", "Well above from", "Above from", "Below to", "Well below to", "Spread of pupils"),
        (
            (
                subject,
                *(words.number(cut, decimals=1) for cut in (found.well_above, found.above)),
                *(words.number(cut, decimals=1) for cut in (found.below, found.well_below)),
                f"{found.deviation:.10g}" if found.deviation else "not at hand",
            )
            for subject, found in one.progress.items()
        ),
    )


def _attainment(one: AttainmentRules) -> Iterator[str]:
    yield from _head(one)
    yield (
        "Points of grades: " + ", ".join(f"{grade} {points:g}" for grade, points in one.grades.items()) + "."
    )
    yield (
        "The most points there can be: "
        + ", ".join(f"{_ELEMENTS[name]} {most:g}" for name, most in one.most.model_dump().items())
        + "."
    )


def _progress_8(one: Progress8Tables) -> Iterator[str]:
    yield from _head(one)
    yield "How much pupils differ across England (standard deviation):"
    yield markdown.table(
        ("Tables", "Progress 8", "English", "Mathematics", "EBacc", "Open", "Commit"),
        (
            (
                found.version,
                *(f"{number:.10g}" for number in (found.progress_8, found.english, found.maths)),
                *(f"{number:.10g}" for number in (found.ebacc, found.open)),
                markdown.code(found.commit),
            )
            for found in one.deviations
        ),
    )
    yield (
        "Pupils who were not tested: "
        + ", ".join(
            f"{mark.mark}{f' in {mark.test_year}' if mark.test_year else ''} {mark.score:g}"
            for mark in one.marks
        )
        + "."
    )
    yield "Points of pupils with like results at the end of primary school, on average:"
    yield markdown.table(
        ("Group", "Average scaled score", "Attainment 8", "English", "Mathematics", "EBacc", "Open"),
        (
            (
                str(group.number),
                f"{group.lowest:g} to {group.highest:g}",
                *(f"{getattr(group, name):.2f}" for name in _ELEMENTS),
            )
            for group in one.groups
        ),
    )


def _levels(one: LevelTables) -> Iterator[str]:
    yield from _head(one)
    yield "Points at key stage 2: " + ", ".join(f"level {k} {v:g}" for k, v in one.points.items()) + "."
    yield "Points at key stage 1: " + ", ".join(f"{k} {v:g}" for k, v in one.prior_points.items()) + "."
    yield (
        "Expected progress is at least: "
        + ", ".join(f"level {after} from {before}" for before, after in one.expected.items())
        + "."
    )


_ELEMENTS = {
    "attainment_8": "all",
    "english": "English",
    "maths": "mathematics",
    "ebacc": "English Baccalaureate",
    "open": "open",
}
