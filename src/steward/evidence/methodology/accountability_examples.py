"""Examples of the national measures, worked out by the same functions as the figures."""

from collections.abc import Iterator

from steward.analysis.accountability import catalogue, key_stage_2, progress8
from steward.analysis.accountability.definition import ElementScores, Progress8Tables
from steward.analysis.accountability.gap_index import gap_index
from steward.analysis.accountability.standards import Answer, judge
from steward.interface import markdown, words
from steward.vocabulary.values import Known, Missing, Reason, Value

_YEAR = 2024
_PUPILS: tuple[tuple[float | str, float | str, float, float], ...] = ((104, 107, 52, 11), ("N", "N", 0, 0))
"""Reading and mathematics at the age of 11, points of Attainment 8, points of English."""
_SCHOOLS = ((0.21, 180), (0.20, 180), (-0.51, 60), (-0.50, 60), (-0.51, 20))
_READING = ((3.2, 60), (3.1, 60), (3.2, 11), (-2.9, 60), (-1.2, 60))
_TOYS = (((10, 9, 8, 7, 6), (5, 4, 3, 2)), ((5, 5, 3), (5, 5, 3)), ((10, 8, 7, 5, 3), (9, 6, 4, 2)))
_FLOORS: tuple[tuple[str, tuple[float | None, ...]], ...] = (
    ("floor_primary_2016", (64, -5.1, 0, 0)),
    ("floor_primary_2016", (64, -5.0, 0, 0)),
    ("floor_primary_2016", (64, 0, None, 0)),
    ("floor_primary_2016", (65, -9, -9, -9)),
    ("floor_secondary_2017", (-0.51, -0.01)),
    ("floor_secondary_2017", (-0.50, -0.01)),
    ("floor_secondary_2017", (-0.9, 0.0)),
    ("floor_secondary_2017", (-0.9, None)),
)
_CODES = {
    "floor_primary_2016": ("rwm_expected", "reading_progress", "writing_progress", "maths_progress"),
    "floor_secondary_2017": ("progress_8", "progress_8_upper"),
}
_ANSWERS = {
    Answer.BELOW: "below",
    Answer.NOT_BELOW: "not below",
    Answer.NOT_SETTLED: "could not be settled",
    Answer.TOO_FEW: "too few pupils",
}


def blocks() -> Iterator[str]:
    """Give the blocks of the section of examples."""
    tables = catalogue.progress_8_tables()[_YEAR]
    yield markdown.heading("Worked examples", level=2, anchor="examples")
    yield "These are worked out by the rules above each time this document is printed."
    yield f"Progress 8 of pupils in {_YEAR}:"
    yield markdown.table(
        (
            "Reading",
            "Mathematics",
            "Average",
            "Group",
            "Attainment 8",
            "Progress 8",
            "English: points, progress",
        ),
        (_pupil(one, tables=tables) for one in _PUPILS),
    )
    yield f"Progress 8 of schools in {_YEAR}:"
    yield markdown.table(
        ("Mean", "Pupils", "95% interval", "Band"), (_school(one, tables=tables) for one in _SCHOOLS)
    )
    yield "Progress in reading of schools in 2019:"
    yield markdown.table(("Score", "Pupils", "95% interval", "Band"), (_reading(one) for one in _READING))
    yield "Floor standards:"
    yield markdown.table(("Standard", "Figures", "Answer"), (_floor(*one) for one in _FLOORS))
    yield "The gap index of toy groups:"
    yield markdown.table(("Others", "Disadvantaged", "Index"), (_toy(*one) for one in _TOYS))


def _pupil(one: tuple[float | str, float | str, float, float], *, tables: Progress8Tables) -> tuple[str, ...]:
    reading, maths, points, english = one
    prior = progress8.prior_attainment(reading=reading, maths=maths, tables=tables)
    achieved = ElementScores(attainment_8=points, english=english, maths=0, ebacc=0, open=0)
    found = progress8.progress_of(achieved, prior=prior, tables=tables)
    if found is None or prior is None:
        return str(reading), str(maths), "not known", "none", f"{points:g}", "none", f"{english:g}, none"
    score, of_english = (words.number(number, decimals=2) for number in (found.progress_8, found.english))
    return (
        str(reading),
        str(maths),
        f"{prior:g}",
        str(found.group),
        f"{points:g}",
        score,
        f"{english:g}, {of_english}",
    )


def _school(one: tuple[float, int], *, tables: Progress8Tables) -> tuple[str, ...]:
    mean, pupils = one
    found = progress8.score_from(mean, pupils=pupils, deviation=tables.deviation().progress_8)
    interval = " to ".join(words.number(end, decimals=4) for end in (found.lower, found.upper))
    return words.number(mean, decimals=2), str(pupils), interval, found.band.label


def _reading(one: tuple[float, int]) -> tuple[str, ...]:
    score, pupils = one
    tables = catalogue.key_stage_2_tables()[2019]
    subject = tables.progress["reading"]
    limits = key_stage_2.limits_of(score, pupils=pupils, subject=subject, quantile=tables.quantile)
    if limits is None:
        return words.number(score, decimals=1), str(pupils), "not known", "none"
    interval = " to ".join(words.number(end, decimals=2) for end in (limits.lower, limits.upper))
    band = key_stage_2.band_of(score, limits=limits, subject=subject)
    return words.number(score, decimals=1), str(pupils), interval, band.label


def _floor(name: str, numbers: tuple[float | None, ...]) -> tuple[str, ...]:
    standard = next(one for one in catalogue.standards() if one.id == name)
    values: dict[tuple[str, int], Value] = {
        (code, standard.year): Missing(Reason.SUPPRESSED) if number is None else Known(number, 40)
        for code, number in zip(_CODES[name], numbers, strict=True)
    }
    said = ", ".join(
        f"{markdown.code(code)} {'missing' if number is None else f'{number:g}'}"
        for code, number in zip(_CODES[name], numbers, strict=True)
    )
    return (
        standard.title,
        said.replace(" -", f" {words.MINUS}"),
        _ANSWERS[judge(standard, figures=values).answer],
    )


def _toy(others: tuple[float, ...], disadvantaged: tuple[float, ...]) -> tuple[str, ...]:
    found = gap_index(others, disadvantaged=disadvantaged)
    written = (", ".join(f"{score:g}" for score in scores) for scores in (others, disadvantaged))
    return *written, "none" if found is None else words.number(found, decimals=1)
