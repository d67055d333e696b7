"""How the forecast works and how good it was, as a document, from the record of back-tests that is kept."""

from collections.abc import Iterator

from steward.analysis.forecasting.catalogue import FEATURES, TEN
from steward.analysis.forecasting.outcomes import TOLD_AFTER_DAYS
from steward.analysis.forecasting.record import Backtest, chosen
from steward.analysis.rules import wording
from steward.early_warning import forecast_summary, forecast_tables, forecast_words
from steward.early_warning.forecast_sources import publication_dates
from steward.early_warning.recorded_backtests import RecordedBacktests, recorded
from steward.interface import markdown
from steward.vocabulary.phases import Phase

_HOW = (
    "What is asked is the next graded inspection of a mainstream school after a day, the cut-off. Only "
    "figures published by that day are read, and only inspections whose report was out. Where no day of "
    f"publication is printed, a report counts as out {TOLD_AFTER_DAYS} days after the inspection began. "
    "The models are learnt from days 6, 12, 18, 24 and 36 months before the cut-off and what came "
    "between each and the cut-off; years are never shuffled. Schools fall into five parts; each is "
    "asked about by a model learnt from the other four, so that no school is on both sides, under any "
    "of the numbers it had (predecessors are followed). Intervals are the middle 95% of 500 draws of "
    "authorities, and two models are compared in the same draws."
)
_MODELS = (
    "Four models stand beside each other: the previous grade only; progress only (with results beside "
    "those expected where no progress was published); a logistic regression on ten numbers; and boosted "
    "trees on all. Each is calibrated on schools set aside while it was fitted. The simplest that no "
    "richer one beats beyond chance is used."
)
_CHOICES = (
    "What was chosen after a look at outcomes: which model is used is told from the same back-test that "
    "says how good it is, which flatters it a little. The ten numbers were fixed before. How far back the "
    "days lie that are learnt from (12, 24 and 36 months, then 12 and 24, then those above), how old a "
    "figure may be (four years, then five) and whether results beside those expected stand in for progress "
    "(tried and taken back) were tried on secondary schools from December 2013, December 2014, May 2015 and "
    "August 2017. The back-tests of secondary schools from January 2019 and all those of primary schools "
    "were not used to choose between settings; they too were seen, once, with the settings that are final. "
    "No back-test here is of outcomes that were still unseen."
)
_IN_SHORT = (
    (
        "It works best from August 2017 and January 2019, where progress of the new kind is known: AUC about "
        "0.72 to 0.82."
    ),
    "It works worst where progress is old or changed (2013 to 2015): AUC about 0.64 to 0.71.",
    (
        "It is beyond the previous grade only and beyond progress only in most windows; where it is not, the "
        "simpler model is used and named."
    ),
    (
        "The number said for all schools misses when the times change: from 2014 and 2015 far more were said "
        "than came, and from January 2019 more came than were said, of primary schools above all."
    ),
    "Who is ordered as riskier holds better than how many: read the order first, the number as a range.",
    "The riskiest tenth cannot hold 65% of those to which it came where more than 15% come below good.",
    "Schools of the least disadvantaged fifth that come below good are mostly missed.",
    "Only schools inspected in the window have an answer, and inspectors go first where they see risk.",
    (
        "The support category that a council had given beforehand is no baseline here: no decisions of the "
        "years tested are held. Whether it would have told more is not known."
    ),
    "No decision curve is drawn, and how steady flags are under other draws was not looked at.",
)
_READ = (
    "AUC is how often, of two schools, the one to which it came had the higher forecast; 0.5 is chance. "
    "Lift is how many times more often it came in the riskiest tenth than if schools had been drawn by "
    "lot. The calibration error is the mean distance between what was said and what came in ten groups "
    "of schools. A school is flagged when it is in the riskiest fifth."
)
_FAILS = (
    "Where it fails: grades became better after 2015 and worse again among the schools inspected in "
    "2019 and 2020, and a model learnt before such a turn says too much or too little for all schools "
    "at once, which the calibration error shows. Progress of secondary schools in 2014 and 2015 is not "
    "held at all, so that forecasts of 2015 rest on old results. Who is inspected early is chosen by "
    "risk; the figures hold for those inspected. Where most inspections come below good, no list of a "
    "tenth can hold 65% of them: the most it can hold is printed. The gap between the most and the "
    "least disadvantaged fifth is far beyond 10 points. Part of it is that far fewer schools of the "
    "least disadvantaged fifth come below good, and those that do have high results and are hard to "
    "see; part is that grades go with intake. That is a reason to read a forecast beside what is known "
    "of a school, and never alone."
)


def forecast() -> str:
    """Return the document, from the record that comes with Steward."""
    record = recorded()
    versions = record.backtests[0].versions if record.backtests else {}
    made = wording.listed((f"{name} {one}" for name, one in sorted(versions.items())), last="and")
    return markdown.document(
        (
            markdown.heading("Forecast of the next inspection", level=1),
            f"{forecast_words.STARTS} {forecast_words.DECIDES}",
            markdown.bullets(forecast_words.LIMITS),
            markdown.heading("All back-tests in one table", level=2),
            _run_on(record, versions=made),
            markdown.table(forecast_summary.HEAD, forecast_summary.rows(record)),
            markdown.bullets(_IN_SHORT),
            _READ,
            markdown.heading("How it is made", level=2),
            _HOW,
            _MODELS,
            _CHOICES,
            forecast_words.PROTECTED,
            _numbers(),
            markdown.heading("When figures were published", level=2),
            _days(),
            markdown.heading("Where it fails", level=2),
            _FAILS,
            markdown.heading("What is not delivered", level=2),
            forecast_summary.not_delivered(record),
            markdown.heading("Each back-test", level=2),
            *(block for one in record.backtests for block in _backtest(one)),
            markdown.heading("What could not be asked", level=2),
            markdown.bullets(record.refused) or "Every question of the record could be asked.",
            markdown.heading("Files that were held and not read", level=2),
            markdown.table(("File", "Why"), forecast_summary.left_out(record)),
        )
    )


def _run_on(record: RecordedBacktests, *, versions: str) -> str:
    day = wording.day(record.made_on)
    return f"Run on the published files held on {day}, seed {record.seed}, with {versions}."


def _numbers() -> str:
    rows = ((one.title.capitalize(), "yes" if one.id in TEN else "") for one in FEATURES)
    return markdown.table(("Number", "In the simple model"), rows)


def _days() -> str:
    rows = (
        (
            one.title,
            f"{one.month_and_day} of the year, {one.years_after} after the one in which the school year ends",
            one.knows_what_came_later or "used",
            one.unverified,
        )
        for one in publication_dates().values()
    )
    return markdown.table(("Publication", "Published (month-day)", "Used?", "Not verified"), rows)


def _backtest(found: Backtest) -> Iterator[str]:
    kind, because = chosen(found)
    row = found.row(kind) or found.rows[0]
    phase = Phase(found.phase).label
    cutoff, until = forecast_tables.day_of(found.cutoff), forecast_tables.day_of(found.until)
    yield markdown.heading(f"{phase}: {found.asked}, {cutoff} to {until}", level=3)
    yield forecast_tables.about(found)
    yield forecast_tables.learnt_from(found)
    yield markdown.table(forecast_tables.HEAD, forecast_tables.rows_of(found))
    yield f"To be used: {row.label.lower()}. {because} {forecast_tables.further(found, row=row)}"
    yield forecast_tables.how_sure(row)
    yield markdown.bullets(found.notes)
    goals = ((goal, reached, met) for goal, reached, met in forecast_tables.verdicts(found, row=row))
    yield markdown.table(("Goal", "Reached", "Met?"), goals)
    yield markdown.table(forecast_tables.GROUP_HEAD, forecast_tables.group_rows(row))
    yield markdown.facts(
        (("Known", "; ".join(f"{title} {share}" for title, share in forecast_tables.known_rows(found))),)
    )
