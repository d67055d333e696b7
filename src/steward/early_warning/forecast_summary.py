"""All back-tests of the record in one table, which files none of them read, and what is not delivered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from steward.analysis.forecasting.asking import Target
from steward.analysis.forecasting.record import Backtest, Row, chosen
from steward.analysis.rules import wording
from steward.early_warning import forecast_tables
from steward.early_warning.recorded_backtests import RecordedBacktests
from steward.interface import words
from steward.vocabulary.phases import Phase

HEAD = (
    "Schools",
    "Asked",
    "From",
    "To",
    "It came",
    "Model used",
    "AUC",
    "Caught in the riskiest 10%",
    "Came beside said",
    "Calibration error",
)
_WORDS = {
    Target.BELOW_GOOD.value: "below good",
    Target.CONCERN.value: "inadequate or concern",
    Target.DECLINE.value: "decline",
}
_NO_DECLINE = (
    "A decline of progress is not forecast either. It takes progress of two years three years apart, and "
    "another such pair before it to learn from; progress in its present form begins in 2016 and was not "
    "published for 2020 and 2021, so that no two such pairs follow each other. Over one year two pairs are "
    "held, but a fall of one standard deviation in one year is chance more than decline, and is not asked."
)


def used(found: Backtest) -> Row:
    """Return how the model did that is used after a back-test."""
    kind, _ = chosen(found)
    return found.row(kind) or found.rows[0]


def rows(record: RecordedBacktests) -> Iterator[tuple[str, ...]]:
    """Yield one row a back-test, in the order of HEAD."""
    for one in record.backtests:
        row = used(one)
        auc, recall = row.figures["auc"], row.figures["recall_10"].value
        yield (
            Phase(one.phase).label,
            _WORDS[one.target],
            forecast_tables.day_of(one.cutoff),
            forecast_tables.day_of(one.until),
            f"{one.came:,} of {one.inspected:,} ({words.share(one.came, whole=one.inspected)})",
            row.label,
            forecast_tables.with_interval(auc),
            f"{100 * recall:.0f}% of at most {100 * one.ceilings['recall_10']:.0f}%",
            forecast_tables.level_in_short(row),
            f"{row.figures['calibration_error'].value:.3f}",
        )


def left_out(record: RecordedBacktests) -> Iterator[tuple[str, str]]:
    """Yield each file that some back-test did not read, with the reason and from which days that holds."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in record.backtests:
        for title, why in one.left_out:
            found[title, why].add(one.cutoff)
    every = {one.cutoff for one in record.backtests}
    for (title, why), cutoffs in sorted(found.items()):
        days = wording.listed((forecast_tables.day_of(one) for one in sorted(cutoffs)), last="and")
        yield title, f"{why} (from {days})" if cutoffs != every else why


def not_delivered(record: RecordedBacktests) -> str:
    """Return what is asked in back-tests only and never told of a school, with the reason in figures."""
    concerns = [one for one in record.backtests if one.target == Target.CONCERN.value]
    return f"{_no_concern(concerns)} {_NO_DECLINE}" if concerns else _NO_DECLINE


def _no_concern(found: Iterable[Backtest]) -> str:
    told = wording.listed(
        (
            f"{Phase(one.phase).label.lower()} from {forecast_tables.day_of(one.cutoff)} "
            f"{used(one).figures['auc'].value:.2f} ({one.came:,} of {one.inspected:,})"
            for one in found
        ),
        last="and",
    )
    return (
        "Whether an inspection ends with inadequate or a category of concern is back-tested and not forecast "
        "for schools: it comes to few, and it is told too little better than by lot to name a school. AUC of "
        f"the model that would be used, and to how many it came: {told}. Report cards, which tell of it now, "
        "have no past to learn from."
    )
