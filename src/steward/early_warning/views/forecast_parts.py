"""Forecasts as they are printed: bands with expected numbers, the list, the record, the card."""

import math
from collections.abc import Iterable

from django.urls import reverse

from steward.analysis.forecasting.catalogue import FEATURES
from steward.analysis.rules import wording
from steward.early_warning import forecast_tables, forecast_words
from steward.early_warning.models import Forecast, ForecastRun
from steward.early_warning.queries.forecasts import Fitted, bands_of
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.vocabulary.phases import Phase

CSV_HEADER = ("urn", "school", "phase", "forecast", "percent", "reasons", "not_known", "limits")
_TONES = {
    "Unlikely": Concern.NONE,
    "Possible": Concern.LOW,
    "Quite possible": Concern.MEDIUM,
    "More likely than not": Concern.HIGH,
}
_IN_95 = 1.96
_SHORT = (0, 2, 3, 7)
"""Columns of the record that stand on the page of a school: AUC, caught in tenth and fifth, error."""
_TITLES = {one.id: one.title for one in FEATURES}


def percent(one: Forecast) -> str:
    """Return the forecast as whole schools in a hundred."""
    return f"about {round(100 * one.likely)} in 100"


def list_table(found: Iterable[Forecast]) -> Table:
    """Return forecasts, each with the reason that weighed most and what is not known."""
    columns = (
        Column("School"),
        Column("Below good next time"),
        Column("What weighed most"),
        Column("Not known"),
    )
    rows = tuple(
        (
            Cell(
                one.school.name,
                href=reverse("early_warning:forecast", args=(one.school_id,)),
                note=Phase(one.fitted.phase).label,
            ),
            Cell(Tag(one.band, _TONES[one.band]), note=percent(one)),
            one.reasons[0][0] if one.reasons else why(one),
            listed(one.unknown) or "Everything asked is known",
        )
        for one in found
    )
    return Table("Schools by their forecast", columns, rows, hide_caption=True)


def why(one: Forecast) -> str:
    """Return the reasons in sentences; where there are none, what the forecast then is."""
    if one.reasons:
        return " ".join(sentence for sentence, _ in one.reasons)
    if not one.unknown:
        return (
            "Everything asked is known and near the middle, so this is about the share of all such schools."
        )
    verb = "is" if len(one.unknown) == 1 else "are"
    named = wording.listed(one.unknown, last="and")
    return f"{named[0].upper()}{named[1:]} {verb} not known, so this is about the share of all such schools."


def csv_row(one: Forecast) -> tuple[object, ...]:
    """Return a forecast as a row of a file, never without its reasons and limits."""
    return (
        one.school_id,
        one.school.name,
        Phase(one.fitted.phase).label,
        one.band,
        round(100 * one.likely),
        why(one),
        listed(one.unknown),
        f"{forecast_words.STARTS} {forecast_words.DECIDES}",
    )


def finding(forecasts: list[Forecast], *, fitted: list[Fitted]) -> str:
    """Return how many may be expected below good, as a range with the miss of the back-test beside it."""
    said, low, high, misses = 0.0, 0.0, 0.0, []
    for one in fitted:
        likely = [each.likely for each in forecasts if each.fitted.phase == one.phase]
        miss = forecast_tables.missed_by(one.row) or 1.0
        said += sum(likely)
        low += sum(likely) * min(1.0, miss)
        high += min(float(len(likely)), sum(likely) * max(1.0, miss))
        misses.append(f"{Phase(one.phase).label.lower()}: {forecast_tables.level_in_short(one.row)}")
    chance = _IN_95 * math.sqrt(sum(one.likely * (1 - one.likely) for one in forecasts))
    least, most = max(0.0, low - chance), min(float(len(forecasts)), high + chance)
    return (
        f"Of {words.counted(len(forecasts), one='school')} with a forecast, {words.number(least)} to "
        f"{words.number(most)} may be below good at their next inspection. The models say "
        f"{words.number(said)}; the range allows for chance and for missing as they did in the back-test "
        f"({'; '.join(misses)})."
    )


def bands_table(fitted: Fitted, *, forecasts: list[Forecast]) -> Table:
    """Return how many schools are in each band, how many are expected, and what came of the band before."""
    columns = (
        Column("Below good next time"),
        Column("Schools here", numeric=True),
        Column("Expected below good", numeric=True),
        Column("In the back-test"),
    )
    rows = tuple(
        (
            Tag(name, _TONES[name]),
            f"{count}",
            f"about {expected:.0f}" if count else "none",
            f"{band.came:,} of {band.schools:,} came below good, {band.expected:.0f} were expected"
            if band.schools
            else "No school was in it",
        )
        for name, count, expected, band in bands_of(fitted, forecasts=forecasts)
    )
    return Table(f"{Phase(fitted.phase).label} schools", columns, rows)


def reasons_table(one: Forecast) -> Table:
    """Return what weighed most, with the direction in words."""
    rows = tuple(
        (sentence, "Makes it likelier" if adds > 0 else "Makes it less likely", f"{adds:+.2f}")
        for sentence, adds in one.reasons
    )
    columns = (Column("What weighed most"), Column("Which way"), Column("Log odds added", numeric=True))
    return Table("Reasons", columns, rows, hide_caption=True)


def record_of(fitted: Fitted) -> dict[str, object]:
    """Return everything a page prints of a model's record."""
    record = fitted.record
    return {
        "phase": Phase(fitted.phase).label,
        "model": fitted.row.label,
        "because": fitted.chosen_because,
        "about": forecast_tables.about(record),
        "learnt": forecast_tables.learnt_from(record),
        "further": forecast_tables.further(record, row=fitted.row),
        "in_short": in_short(fitted),
        "how_sure": forecast_tables.how_sure(fitted.row),
        "used": fitted.used,
        "left_out": fitted.left_out,
        "versions": listed(f"{name} {version}" for name, version in sorted(record.versions.items())),
        **_tables_of(fitted),
    }


def _tables_of(fitted: Fitted) -> dict[str, Table]:
    record = fitted.record
    numeric = tuple(Column(name, numeric=True) for name in forecast_tables.HEAD[1:])
    grouped = tuple(Column(name, numeric=True) for name in forecast_tables.GROUP_HEAD[1:])
    phase = Phase(fitted.phase).label
    return {
        "short_table": Table(
            f"Back-test, {phase.lower()} schools",
            (Column("Model"), *(numeric[place] for place in _SHORT)),
            tuple((row[0], *(row[place + 1] for place in _SHORT)) for row in forecast_tables.rows_of(record)),
        ),
        "table": Table(
            f"Back-test, {phase.lower()} schools",
            (Column("Model"), *numeric),
            tuple(forecast_tables.rows_of(record)),
        ),
        "groups": Table(
            f"Groups of {phase.lower()} schools, {fitted.row.label.lower()}",
            (Column("Group"), *grouped),
            tuple(forecast_tables.group_rows(fitted.row)),
        ),
        "goals": Table(
            f"Goals, {phase.lower()} schools",
            (Column("Goal"), Column("Reached"), Column("Met?")),
            tuple(forecast_tables.verdicts(record, row=fitted.row)),
        ),
        "weights": Table(
            f"Weights, {phase.lower()} schools",
            (Column("Number"), Column("Weight of one standard deviation", numeric=True)),
            tuple((_title(name), f"{weight:+.2f}") for name, weight in fitted.weights),
        ),
    }


def in_short(fitted: Fitted) -> str:
    """Return in two sentences how good the forecasts of a phase are."""
    auc = fitted.row.figures["auc"]
    recall, top = fitted.row.figures["recall_10"].value, fitted.record.ceilings["recall_10"]
    return (
        f"{Phase(fitted.phase).label}: of two schools, one below good and one not, it had the right one as "
        f"riskier {100 * auc.value:.0f} times in 100 (interval {100 * auc.low:.0f} to {100 * auc.high:.0f}). "
        f"The riskiest tenth held {100 * recall:.0f}% of the schools that came below good, of at most "
        f"{100 * top:.0f}%."
    )


def transparency_rows(run: ForecastRun, *, fitted: list[Fitted]) -> tuple[tuple[str, str], ...]:
    """Return the algorithmic transparency record as names and what is said of each."""
    files = listed(sorted({title for one in fitted for title in one.used}))
    models = listed(f"{Phase(one.phase).label.lower()}: {one.row.label.lower()}" for one in fitted)
    return (
        ("Name", "Forecast of the next inspection"),
        ("Organisation", run.authority.name),
        ("Made", words.day_and_time(run.run_at)),
        ("What it does", "Says how likely the next graded inspection of a mainstream school is below good."),
        ("Why it is used", " ".join(forecast_words.USES)),
        ("What it is not used for", " ".join(forecast_words.NOT_FOR)),
        ("Part in decisions", f"{forecast_words.STARTS} {forecast_words.DECIDES}"),
        ("People it is about", "Schools. No figure of a single pupil or member of staff is read."),
        ("Models", f"{models}. Learnt here, from published files, with the seed {run.seed}."),
        (
            "Data",
            f"Published by {words.day(run.as_at)}: {files}.",
        ),
        ("Protected characteristics", forecast_words.PROTECTED),
        ("Risks", " ".join(forecast_words.LIMITS)),
        (
            "How a school can challenge it",
            forecast_words.CHALLENGE,
        ),
        ("How good it is", " ".join(in_short(one) for one in fitted)),
    )


def listed(items: Iterable[str]) -> str:
    """Return items with commas between them."""
    return ", ".join(items)


def _title(name: str) -> str:
    title = _TITLES[name]
    return f"{title[0].upper()}{title[1:]}"
