"""Every component once, with readable values: looked at by people and by tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from steward.interface import lists
from steward.interface.charts.figures import (
    Bar,
    Break,
    Figure,
    LineChart,
    Part,
    Point,
    Series,
    Share,
    Sparkline,
    StackedBars,
)
from steward.interface.fields import DayField
from steward.interface.gallery_charts import chart_specimens
from steward.interface.navigation import Link
from steward.interface.parts import (
    Cell,
    Column,
    Comparator,
    Concern,
    Fact,
    Happening,
    MeasureCard,
    Source,
    Table,
    Tag,
    Task,
)
from steward.vocabulary.values import Known, Missing, Reason, Value

_YEARS = ("2014 to 2015", "2015 to 2016", "2016 to 2017", "2017 to 2018", "2018 to 2019")


@dataclass(frozen=True, slots=True)
class _Measured:
    unit: str
    decimals: int


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Name of the school",
        help_text="As it is on its sign",
        error_messages={"required": "Enter the name of the school"},
    )
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput, error_messages={"required": "Enter your password"}
    )
    phase = forms.ChoiceField(
        label="Phase",
        widget=forms.RadioSelect,
        choices=[("primary", "Primary"), ("secondary", "Secondary")],
        error_messages={"required": "Select a phase"},
    )
    type = forms.ChoiceField(label="Type", choices=[("", "Any"), ("academy", "Academy")], required=False)
    topics = forms.MultipleChoiceField(
        label="Topics",
        widget=forms.CheckboxSelectMultiple,
        choices=[("reading", "Reading"), ("writing", "Writing")],
        help_text="Select all that apply",
        required=False,
    )
    visited = DayField(label="Date of visit")
    notes = forms.CharField(label="Notes", widget=forms.Textarea({"rows": 4}), required=False)
    agreed = forms.BooleanField(
        label="The school has agreed the note",
        error_messages={"required": "Confirm that the school has agreed the note"},
    )


class SpecimenFilter(forms.Form):
    """Filters of a list."""

    phase = forms.MultipleChoiceField(
        label="Phase",
        widget=forms.CheckboxSelectMultiple,
        choices=[("primary", "Primary"), ("secondary", "Secondary")],
        required=False,
    )
    ward = forms.CharField(label="Ward", required=False)


def specimens(query: QueryDict) -> dict[str, object]:
    """Return what the gallery page prints; `query` is that of its own address."""
    return {
        "crumbs": [("Home", "/"), ("Components", "")],
        "sections": [Link("Overview", "#main-content", current=True), Link("Performance", "#charts")],
        "form": SpecimenForm({"name": "", "visited_day": "31", "visited_month": "2", "visited_year": "2026"}),
        "filter_form": SpecimenFilter(query),
        "facts": (
            Fact("Category", Tag("Intensive support", Concern.HIGH), "#", "Change"),
            Fact("Latest inspection", date(2025, 7, 3)),
            Fact("Predecessor", "Old Mill Junior School", "#"),
        ),
        "tags": [Tag(concern.value.capitalize(), concern) for concern in Concern],
        "schools": _schools(query),
        "page": Paginator(range(240), 20).get_page(query.get("page", "3")),
        "cards": _cards(),
        "chart": line_specimen(),
        "progress": progress_specimen(),
        "bars": bars_specimen(),
        "charts": chart_specimens(),
        "tasks": (
            Task("Read the note", "Completed", "#"),
            Task("Send it to the school", "Not yet started", "#", "The school has ten working days"),
            Task("Close the visit", "Cannot start yet"),
        ),
        "happenings": (
            Happening(
                "Proposal made", datetime(2026, 7, 3, 8, 30, tzinfo=UTC), "Agnes Thornbury", "By rule 2."
            ),
            Happening("Figures loaded", date(2026, 7, 1), href="#"),
        ),
        "source": Source("Key stage 4 performance, provisional, 2018 to 2019", "#", "published"),
        "percent": _Measured("percent", 1),
        "known": Known(64.54),
        "money": Known(-4532.4),
        "pounds": _Measured("pounds", 0),
        "suppressed": Missing(Reason.SUPPRESSED, "SUPP"),
    }


def figures() -> tuple[Figure, ...]:
    """Return every figure of the gallery that can be downloaded."""
    return (line_specimen(), progress_specimen(), bars_specimen(), *chart_specimens())


def _points(values: tuple[float | Reason, ...], *, small: frozenset[int] = frozenset()) -> tuple[Point, ...]:
    return tuple(
        Point(period, _value(amount), small=number in small)
        for number, (period, amount) in enumerate(zip(_YEARS, values, strict=True))
    )


def _value(amount: float | Reason) -> Value:
    return Missing(amount) if isinstance(amount, Reason) else Known(amount)


def line_specimen() -> LineChart:
    """Return a chart of percentages with a break, a gap and a small cohort."""
    return LineChart(
        title="Below England for three years, and closer in the last",
        description="Share of pupils reaching the expected standard, 2015 to 2019, school and England.",
        unit="percent",
        decimals=1,
        series=(
            Series(
                "Old Mill",
                Part.SCHOOL,
                _points((71.0, 48.5, 52.0, Reason.SUPPRESSED, 61.9), small=frozenset({4})),
            ),
            Series("Similar schools", Part.SIMILAR, _points((76.0, 50.0, 57.5, 60.0, 60.4))),
            Series("Borough", Part.AUTHORITY, _points((78.0, 51.0, 59.0, 62.5, 63.0))),
            Series("England", Part.ENGLAND, _points((80.0, 53.0, 61.0, 64.0, 65.0))),
        ),
        breaks=(Break(_YEARS[1], "New tests"),),
        id="standard",
        measure="Pupils at the expected standard, percent",
        cohort="21 to 26 pupils a year",
        source="Key stage 2 performance, revised, 2018 to 2019",
    )


def progress_specimen() -> LineChart:
    """Return a chart of scores around zero."""
    return LineChart(
        title="Progress is near the average",
        description="Progress score, 2015 to 2019, school and England.",
        unit="score",
        decimals=2,
        series=(
            Series("Old Mill", Part.SCHOOL, _points((-0.42, -0.31, -0.12, 0.05, 0.11))),
            Series("England", Part.ENGLAND, _points((0.0, -0.03, -0.03, -0.02, -0.03))),
        ),
        id="progress",
        measure="Progress 8, score",
        cohort="181 pupils",
        source="Key stage 4 performance, revised, 2018 to 2019",
    )


def bars_specimen() -> StackedBars:
    """Return shares of inspection outcomes in three years."""
    labels = ("Inadequate", "Requires improvement", "Good", "Outstanding")
    counts = {
        "August 2013": (7, 40, 164, 45),
        "August 2014": (5, 37, 172, 46),
        "August 2015": (9, 30, 180, 44),
    }
    bars = tuple(
        Bar(
            year,
            tuple(
                Share(label, 100 * count / sum(found), count)
                for label, count in zip(labels, found, strict=True)
            ),
            sum(found),
        )
        for year, found in counts.items()
    )
    return StackedBars(
        title="More schools are good or better than two years ago",
        description="Share of schools by latest inspection outcome at the end of August, 2013 to 2015.",
        bars=bars,
        id="outcomes",
        measure="Schools by outcome, percent",
        source="Management information of inspections, 31 August 2015",
    )


def _cards() -> tuple[MeasureCard, ...]:
    others = (Comparator("Borough", Known(63.0)), Comparator("England", Known(65.0)))
    latest = _YEARS[-1]
    return (
        MeasureCard(
            title="Expected standard in reading, writing and mathematics",
            value=Known(61.9),
            unit="percent",
            decimals=1,
            period=latest,
            cohort="24 pupils",
            sentence="Below England for three years; few pupils, so read with care.",
            comparators=others,
            trend=_spark_specimen(),
            href="#",
        ),
        MeasureCard(
            title="Persistent absence",
            value=Missing(Reason.SUPPRESSED),
            unit="percent",
            decimals=1,
            period=latest,
            cohort="",
            sentence="The publisher hides this figure, so nothing can be said from it.",
            comparators=others,
        ),
        MeasureCard(
            "Progress 8", Known(-0.03), "score", 2, latest, "181 pupils", "About the same as England."
        ),
    )


def _spark_specimen() -> Sparkline:
    return Sparkline(
        "Expected standard over five years",
        "Rises from 44.0% to 61.9%.",
        "percent",
        1,
        Series("Old Mill", Part.SCHOOL, _points((44.0, 48.5, 52.0, 57.0, 61.9))),
        beside=(Series("England", Part.ENGLAND, _points((52.0, 53.0, 61.0, 64.0, 65.0))),),
    )


def _schools(query: QueryDict) -> Table:
    sorted_by = lists.chosen_sort(query, allowed=("name", "pupils", "standard"), default="name")
    return Table(
        caption="Schools of the gallery",
        columns=(
            Column("School", sort="name"),
            Column("Proposal"),
            Column("Pupils", numeric=True, sort="pupils"),
            Column("Expected standard", numeric=True, sort="standard"),
        ),
        rows=(
            (
                Cell("Old Mill Primary School", "#", "Primary, Moor Ward"),
                Tag("Watch", Concern.LOW),
                "1,204",
                "61.9%",
            ),
            (Cell("St Hild's", "#"), Tag("Not settled", Concern.UNSETTLED), "97", Missing(Reason.SUPPRESSED)),
            (Cell("Harbour Academy", "#"), Tag("Intensive", Concern.HIGH), "611", "38.0%"),
        ),
        sorted_by=sorted_by,
    )
