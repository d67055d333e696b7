"""The sentences that answer a councillor before any number: widest, widening, closing."""

from collections.abc import Iterator

from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import Movement
from steward.equality import wording
from steward.equality.queries.area_gaps import AreaGap, AreaGaps, beyond
from steward.interface import words
from steward.vocabulary.values import Known

_HEADLINES = ("eyfs_good_development", "ks2_rwm_expected", "attainment_8", "level_3_at_19")
"""The measure of each stage that answers whether a gap is closing."""
_HEADLINE_GROUPS = ("disadvantaged", "free_school_meals")


def headline(found: AreaGaps) -> str:
    """Return the one sentence that matters: the widest gap in percentage points, or why there is none."""
    widest = next(iter(found.of_unit("percent") or found.of_unit("score")), None)
    if widest is None:
        return f"In none of the gaps that were asked for is a group of pupils in {found.name} behind."
    return f"The widest gap in {found.name} is {_sized(widest)}."


def findings(found: AreaGaps) -> tuple[str, ...]:
    """Return the findings about an authority's gaps, each a sentence, the most telling first."""
    return tuple(one for part in (_count, _fastest, _beyond_england, _closing) for one in part(found) if one)


def _count(found: AreaGaps) -> Iterator[str]:
    moved = found.movements
    compared = sum(count for movement, count in moved.items() if movement is not Movement.UNKNOWN)
    if not compared:
        return
    yield (
        f"Of {words.counted(compared, one='gap')} in which a group is behind and two years can be compared, "
        f"{words.number(moved[Movement.WIDENING])} widened and {words.number(moved[Movement.NARROWING])} "
        "narrowed by more than such gaps usually move in a year; "
        f"{words.number(moved[Movement.USUAL])} moved within the usual, "
        f"{words.number(moved[Movement.STEADY])} stayed about the same"
        f"{_turned(moved[Movement.TURNED])}."
    )


def _turned(count: int) -> str:
    return f" and {words.number(count)} turned round" if count else ""


def _fastest(found: AreaGaps) -> Iterator[str]:
    for movement, word in ((Movement.WIDENING, "widened"), (Movement.NARROWING, "narrowed")):
        moved = [one for one in found.moving(movement) if one.gap.measure.unit == "percent"]
        if moved:
            one = moved[0]
            change = one.change.amount if one.change and one.change.amount is not None else 0.0
            amount = wording.size(change, measure=one.gap.measure, decimals=one.newest.decimals)
            yield f"The one that {word} most, by {amount} in a year, is {_sized(one)}. {_how_often(one)}"


def _how_often(one: AreaGap) -> str:
    if one.usual is None:
        return "How far such gaps usually move is not known: too few authorities have it of both years."
    usually = wording.size(one.usual, measure=one.gap.measure, decimals=1)
    return f"Such gaps seldom move as far: up to {usually} a year is usual."


def _beyond_england(found: AreaGaps) -> Iterator[str]:
    percent = [one for one in found.of_unit("percent") if (beyond(one, other=one.england) or 0) > 0]
    if not percent:
        return
    most = max(percent, key=lambda one: beyond(one, other=one.england) or 0)
    amount = wording.beside_words(most.newest, other=most.england, name="England's", gap=most.gap)
    yield f"Furthest beyond England, {amount}, is {_sized(most)}."


def _closing(found: AreaGaps) -> Iterator[str]:
    by_id = {one.gap.id: one for one in found.gaps}
    for measure in _HEADLINES:
        keys = (f"{measure}-{key.replace('_', '-')}" for key in _HEADLINE_GROUPS)
        one = next((by_id[key] for key in keys if key in by_id), None)
        if one is not None:
            yield _is_it_closing(one)


def _is_it_closing(one: AreaGap) -> str:
    told = [wording.change_words(change, gap=one.gap) for change in (one.change, one.run) if change]
    return (
        f"Is the gap of {one.gap.name} closing? {_answer(one)} In {one.gap.measure.measure} in "
        f"{one.newest.label} they were {wording.gap_words(one.newest, gap=one.gap)}. {'. '.join(told)}."
    )


_ANSWERS = {
    Movement.NARROWING: "Yes, by the newest year.",
    Movement.WIDENING: "No, it widened in the newest year.",
    Movement.STEADY: "Not clearly.",
    Movement.USUAL: "Not clearly: it moved no further than such gaps usually do.",
    Movement.TURNED: "It turned round.",
    Movement.UNKNOWN: "That cannot be said.",
}


_UNDECIDED = (Movement.STEADY, Movement.USUAL)


def _answer(one: AreaGap) -> str:
    run = one.run.movement if one.run else None
    if one.movement in _UNDECIDED and run in (Movement.NARROWING, Movement.WIDENING) and one.run:
        return f"Not in the newest year, but it is {run.lower()} over the years since {one.run.since}."
    return _ANSWERS[one.movement]


def _sized(one: AreaGap) -> str:
    amount = one.newest.amount
    number = amount.value if isinstance(amount, Known) else 0.0
    size = wording.size(number, measure=one.gap.measure, decimals=one.newest.decimals)
    return f"{size} in {one.gap.measure.measure} in {one.newest.label}: {_both(one, gap=one.gap)}"


def _both(one: AreaGap, *, gap: Gap) -> str:
    return wording.both_figures(one.newest, gap=gap)
