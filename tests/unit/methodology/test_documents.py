"""What the documents of the methodology say of small definitions, and that their Markdown holds together."""

from datetime import date

import pytest

from factories.small_releases import layout
from steward.analysis.indicators.definition import IndicatorDefinition, Reading, SeriesBreak
from steward.analysis.sources.definition import Holds, PeriodFrom, SourceDefinition
from steward.evidence.methodology import years
from steward.evidence.methodology.frameworks import inspection_frameworks
from steward.evidence.methodology.indicators import indicators
from steward.evidence.methodology.missing_values import missing_values
from steward.evidence.methodology.publications import publications
from steward.evidence.methodology.readings import layouts_of
from steward.interface import markdown
from steward.regimes.frameworks import InspectionFramework, ScalePoint
from steward.vocabulary.values import Reason

DATES = {"owner": "Data officer", "reviewed_on": date(2026, 1, 2), "review_on": date(2027, 1, 2)}


def a_layout(id: str, *, ends: int, columns: str, place: str = "path"):
    return layout().model_copy(
        update={
            "id": id,
            "covers_from": date(ends - 1, 9, 1),
            "covers_to": date(ends, 8, 31),
            "columns": tuple(columns.split()),
            "more_columns": False,
            "period": PeriodFrom(place=place),
        }
    )


def a_publication(**changes: object) -> SourceDefinition:
    return SourceDefinition.model_validate(
        {
            "id": "tables",
            "title": "The tables",
            "publisher": "A publisher",
            "licence": "Open Government Licence v3.0",
            "holds": Holds.RESULTS,
            "about": "Results of pupils.",
            "layouts": (
                a_layout("old", ends=2018, columns="URN PTS"),
                a_layout("new", ends=2019, columns="URN POINTS PUPILS"),
            ),
            **DATES,
            **changes,
        }
    )


def an_indicator(**changes: object) -> IndicatorDefinition:
    return IndicatorDefinition.model_validate(
        {
            "id": "points",
            "title": "Points of pupils",
            "meaning": "How many points pupils have.",
            "theme": "attainment",
            "unit": "points",
            "decimals": 2,
            "polarity": "high",
            "phases": ("primary",),
            "numerator_meaning": "Points",
            "denominator_meaning": "Pupils",
            "readings": (
                Reading(source="tables", from_year=2018, to_year=2018, value="PTS"),
                Reading(source="tables", from_year=2019, to_year=2019, value="POINTS", cohort="PUPILS"),
            ),
            **DATES,
            **changes,
        }
    )


def told(indicator: IndicatorDefinition) -> str:
    return indicators({indicator.id: indicator}, sources={"tables": a_publication()})


def test_an_indicator_is_told_with_layout_and_column_by_year():
    text = told(an_indicator())
    assert (
        "| 2017 to 2018 | [The tables](publications.md#tables) | old | Column `PTS` | Not in the file |"
        in text
    )
    assert (
        "| 2018 to 2019 | [The tables](publications.md#tables) | new | Column `POINTS` | `PUPILS` |" in text
    )
    assert "- **Unit:** Points, shown to 2 decimal places" in text
    assert "- **Smallest cohort:** 11 pupils" in text
    assert "Each year may be compared with the one before." in text
    assert "last reviewed 2 January 2026, next review 2 January 2027" in text


def test_chance_is_told_by_what_the_definition_allows():
    spread = {"year": 2019, "deviation": 6.5, "quantile": 1.96, "source": "A note"}
    share = told(an_indicator(unit="percent", share_of_pupils=True))
    assert "**Whether chance could explain a difference:** By the Wilson score interval of a share" in share
    score = an_indicator(pupil_spreads=(spread,))
    assert "By an interval worked out from how much pupils differed across England" in told(score)
    assert "| 2018 to 2019 | 6.5 | 1.96 | A note |" in told(score)
    limits = {name: an_indicator(id=name) for name in ("points_lower", "points_upper")}
    text = indicators({"points": score, **limits}, sources={"tables": a_publication()})
    assert "By the interval printed with the score; where none is, by an interval worked out" in text
    assert "**Whether chance could explain a difference:** Nothing is said" in told(an_indicator())


def test_breaks_are_told_by_year_with_their_reason_and_what_is_unchecked_stands_apart():
    breaks = (SeriesBreak(year=2019, why="New tests."), SeriesBreak(year=2017, why="New scale."))
    text = told(an_indicator(breaks=breaks, unverified="The unit."))
    assert "- **2016 to 2017**: New scale.\n- **2018 to 2019**: New tests." in text
    assert "> **Not yet checked against the publisher's own document.** The unit." in text


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (
            Reading(source="tables", from_year=2018, to_year=2019, series="S"),
            "Series `S`, areas only (all phases)",
        ),
        (
            Reading(
                source="tables",
                from_year=2019,
                to_year=2019,
                numerator="POINTS",
                denominator="PUPILS",
                times=100,
            ),
            "Column `POINTS` divided by column `PUPILS` times 100",
        ),
    ],
)
def test_a_reading_says_how_the_figure_is_made(reading, said):
    assert f"| {said} |" in told(an_indicator(readings=(reading,)))


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        (Reading(source="tables", from_year=2010, to_year=2017, value="PTS"), ()),
        (Reading(source="tables", from_year=2010, to_year=2018, value="PTS"), ("old",)),
        (Reading(source="tables", from_year=2018, to_year=2019, value="URN"), ("old", "new")),
        (Reading(source="tables", from_year=2018, to_year=2019, value="URN", layouts=("new",)), ("new",)),
        (Reading(source="tables", from_year=2018, to_year=2019, value="ABSENT"), ()),
    ],
)
def test_a_layout_fits_a_reading_by_its_years_and_columns(reading, found):
    assert tuple(one.id for one in layouts_of(reading, source=a_publication())) == found


def test_a_publication_that_is_not_used_says_why_and_keeps_silent_about_indicators():
    unused = a_publication(holds=Holds.UNUSED, not_used_because="It is made of the others.")
    text = publications({"tables": unused}, indicators={})
    assert "> **Recognised and not used.** It is made of the others." in text
    assert "Indicators read from it" not in text
    assert "- **Published at:** no address is recorded" in text


def test_a_publication_names_the_indicators_read_from_it_and_its_layouts():
    text = publications({"tables": a_publication()}, indicators={"points": an_indicator()})
    assert "- **Indicators read from it:** [Points of pupils](indicators.md#points)" in text
    assert "| old | 2017 to 2018 | Final | name of file or folder |" in text
    assert "- **Indicators read from it:** none" in publications({"tables": a_publication()}, indicators={})


def test_a_framework_without_a_rule_for_good_says_so_and_no_scale_is_converted():
    framework = InspectionFramework(
        id="card",
        title="A report card",
        publisher="Ofsted",
        in_force_from=date(2025, 11, 10),
        has_overall=False,
        scale=(
            ScalePoint(key="weak", label="Weak", rank=2, marks=("Weak",)),
            ScalePoint(key="fine", label="Fine", rank=1, marks=("1", "Fine")),
        ),
        **DATES,
    )
    text = inspection_frameworks({"card": framework})
    assert "no rule: schools inspected under it are left out of the share" in text
    assert "for inspections that began on or after 10 November 2025; still in force" in text
    assert "| Fine | `1`, `Fine` |\n| Weak | `Weak` |" in text
    assert "Counted as less than good" not in text


def test_every_reason_is_in_the_legend_with_its_marks():
    text = missing_values()
    for reason in Reason:
        assert f"| {reason.label} | " in text
        assert reason.explanation in text
    assert "| Not recorded | nothing at all, `NULL`, `-` |" in text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2018, 9, 1), date(2019, 8, 31), "2018 to 2019"),
        (date(2015, 9, 1), date(2019, 8, 31), "2015 to 2019 (4 years)"),
        (date(2015, 9, 2), date(2019, 8, 31), "2 September 2015 to 31 August 2019"),
        (date(2022, 4, 21), date(2022, 4, 21), "21 April 2022"),
        (date(2000, 1, 1), date(2099, 12, 31), "any day"),
    ],
)
def test_what_lies_between_two_days_is_school_years_where_it_can_be(first, last, said):
    assert years.school_years(first, last=last) == said


def test_cells_cannot_break_their_table_nor_asterisks_their_emphasis():
    assert markdown.table(("A", "B"), [("one|two", "over\ntwo lines")]).splitlines()[-1] == (
        r"| one\|two | over two lines |"
    )
    assert markdown.table(("A",), []) == ""
    assert markdown.emphasised("Five A* to C") == r"*Five A\* to C*"
    assert markdown.document(["# One", "", "Two\n"]) == "# One\n\nTwo\n"
