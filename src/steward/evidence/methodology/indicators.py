"""The catalogue of indicators as a document: what each measures, from where, and when not to compare."""

from collections.abc import Iterator, Mapping

from steward.analysis.indicators.definition import IndicatorDefinition, SeriesBreak
from steward.analysis.sources.definition import SourceDefinition
from steward.evidence import wording
from steward.evidence.methodology import chance, upkeep
from steward.evidence.methodology.readings import readings_table
from steward.interface import markdown, words
from steward.vocabulary.academic_year import AcademicYear

_INTRODUCTION = (
    "Each indicator is one measure of schools. For each this says what it means, what is counted and out "
    "of how many, from which published column it is read in each year, and in which years it must not be "
    "compared with the year before. Nothing is measured by Steward itself: every figure was printed by a "
    "publisher or worked out from what a publisher printed."
)
_READING_IT = (
    "A figure on fewer pupils than the smallest cohort is shown, and no conclusion is drawn from it.",
    (
        "The figure of an authority, a region or England is the published one where one is published. "
        "Where none is, it is worked out from schools in the way each indicator says, and marked as computed."
    ),
    (
        "A layout is the columns a publication had over some years; [publications](publications.md) has them "
        "all. A series is a line of figures that a publication gives for areas over many years."
    ),
    (
        "Columns are named as the publisher names them. Where two lines of a table fit one file, the first "
        "whose columns the file has is used."
    ),
    "What stands where a number is missing is in [missing values](missing-values.md).",
)


def indicators(
    definitions: Mapping[str, IndicatorDefinition], *, sources: Mapping[str, SourceDefinition]
) -> str:
    """Return every indicator in full, by theme and title, with a list of them at the top."""
    themes = {theme: _of(theme, definitions=definitions) for theme in wording.THEMES}
    held = {theme: found for theme, found in themes.items() if found}
    return markdown.document(
        (
            markdown.heading("Indicators", level=1),
            _INTRODUCTION,
            markdown.bullets((*_READING_IT, chance.INTRODUCTION)),
            *(block for theme, found in held.items() for block in _listed(theme, found=found)),
            *(
                block
                for theme, found in held.items()
                for block in (
                    markdown.heading(wording.THEMES[theme], level=2),
                    *(_indicator(one, definitions=definitions, sources=sources) for one in found),
                )
            ),
        )
    )


def _of(theme: str, *, definitions: Mapping[str, IndicatorDefinition]) -> list[IndicatorDefinition]:
    found = (one for one in definitions.values() if one.theme == theme)
    return sorted(found, key=lambda one: (one.title, one.id))


def _listed(theme: str, *, found: list[IndicatorDefinition]) -> Iterator[str]:
    yield f"**{wording.THEMES[theme]}**"
    yield markdown.bullets(markdown.link(one.title, to=f"#{one.id}") for one in found)


def _indicator(
    one: IndicatorDefinition,
    *,
    definitions: Mapping[str, IndicatorDefinition],
    sources: Mapping[str, SourceDefinition],
) -> str:
    return markdown.joined(
        (
            markdown.heading(one.title, level=3, anchor=one.id),
            one.meaning,
            one.notes,
            upkeep.unchecked(one),
            _facts(one, definitions=definitions),
            chance.spreads(one),
            _breaks(one),
            "Where it is read from:",
            readings_table(one, sources=sources),
        )
    )


def _facts(one: IndicatorDefinition, *, definitions: Mapping[str, IndicatorDefinition]) -> str:
    return markdown.facts(
        (
            ("What is counted (numerator)", one.numerator_meaning),
            ("Out of what (denominator)", one.denominator_meaning),
            ("Unit", _unit(one)),
            ("Which way is good", wording.polarity(one.polarity)),
            ("Phases", ", ".join(phase.label for phase in one.phases)),
            ("Smallest cohort", _smallest_cohort(one)),
            ("Whether chance could explain a difference", chance.chance(one, definitions=definitions)),
            ("Figure of an area, where none is published", wording.area_method(one.area)),
            ("Looked after by", upkeep.kept(one)),
            ("Source", upkeep.source(one.source_url)),
        )
    )


def _unit(one: IndicatorDefinition) -> str:
    if not one.decimals:
        return f"{wording.unit(one.unit)}, shown as a whole number"
    return f"{wording.unit(one.unit)}, shown to {words.counted(one.decimals, one='decimal place')}"


def _smallest_cohort(one: IndicatorDefinition) -> str:
    if one.minimum_cohort <= 1:
        return "None is set: conclusions may be drawn whatever the number of pupils"
    return words.counted(one.minimum_cohort, one="pupil")


def _breaks(one: IndicatorDefinition) -> str:
    if not one.breaks:
        return "Each year may be compared with the one before."
    listed = markdown.bullets(_break(each) for each in sorted(one.breaks, key=lambda each: each.year))
    return f"Not to be compared with the year before:\n\n{listed}"


def _break(each: SeriesBreak) -> str:
    return f"**{AcademicYear(each.year)}**: {each.why}"
