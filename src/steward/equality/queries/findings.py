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
    unjudged = moved[Movement.UNJUDGED]
    compared = sum(moved.values()) - moved[Movement.UNKNOWN] - unjudged
    if compared:
        yield (
            f"Of {words.counted(compared, one='gap')} in which a group is behind and two years can be "
            f"compared, {words.number(moved[Movement.WIDENING])} widened and "
            f"{words.number(moved[Movement.NARROWING])} narrowed by more than such gaps usually move in a "
            f"year; {words.number(moved[Movement.USUAL])} moved within the usual, "
            f"{words.number(moved[Movement.STEADY])} stayed about the same"
            f"{_turned(moved[Movement.TURNED])}.{_unjudged(unjudged, more='more ')}"
        )
    elif unjudged:
        yield _unjudged(unjudged).strip()


def _turned(count: int) -> str:
    return f" and {words.number(count)} turned round" if count else ""


def _unjudged(count: int, *, more: str = "") -> str:
    if not count:
        return ""
    none = "it is not" if count == 1 else "none of them is"
    return (
        f" {words.counted(count, one=f'{more}gap')} changed; {wording.USUAL_NOT_KNOWN}, so {none} called "
        "wider or narrower."
    )


def _fastest(found: AreaGaps) -> Iterator[str]:
    for movement, word in ((Movement.WIDENING, "widened"), (Movement.NARROWING, "narrowed")):
        moved = [one for one in found.moving(movement) if one.gap.measure.unit == "percent"]
        if moved:
            one = moved[0]
            change = one.change.amount if one.change and one.change.amount is not None else 0.0
            amount = wording.size(change, measure=one.gap.measure, decimals=one.newest.decimals)
            yield f"The one that {word} most, by {amount} in a year, is {_sized(one)}. {_how_often(one)}"


def _how_often(one: AreaGap) -> str:
    usually = wording.size(one.usual or 0.0, measure=one.gap.measure, decimals=1)
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
    return (
        f"Is the gap of {one.gap.name} closing? {answer(one)} In {one.gap.measure.measure} in "
        f"{one.newest.label} they were {wording.gap_words(one.newest, gap=one.gap)}."
    )


def answer(one: AreaGap) -> str:
    """Return in one sentence whether a gap closes: the newest year by direction, then the run of years."""
    if not one.is_behind:
        return "They are not behind."
    return f"{_newest_year(one)}{_over_the_years(one)}."


def _newest_year(one: AreaGap) -> str:
    change, movement = one.change, one.movement
    if change is None or change.amount is None:
        why = (
            change.why.removesuffix(".")
            if change and change.why
            else "there is no year before to compare with"
        )
        return f"That cannot be said of the newest year ({_lower(why)})"
    if movement is Movement.TURNED:
        return f"No: it turned round, in {change.since} they were not behind"
    amount = wording.size(change.amount, measure=one.gap.measure, decimals=change.decimals)
    if movement is Movement.STEADY:
        side = "wider" if change.amount > 0 else "narrower"
        moved = f"{amount} {side} than in the year before, too little to tell"
        return f"Not clearly: {moved if change.amount else 'the same as in the year before'}"
    judged = _judged(one)
    if change.amount > 0:
        return f"No: it has widened by {amount} since the year before, {judged}"
    return f"{'Yes, by' if movement is Movement.NARROWING else 'By'} {amount} since the year before, {judged}"


def _judged(one: AreaGap) -> str:
    if one.usual is None:
        return f"but {wording.USUAL_NOT_KNOWN}"
    usually = wording.size(one.usual, measure=one.gap.measure, decimals=1)
    inside = one.movement is Movement.USUAL
    return f"{'within what' if inside else 'more than'} is usual (up to {usually} a year)"


def _over_the_years(one: AreaGap) -> str:
    """Return how the gap moved over the unbroken run of years, where that says more than the last change."""
    run = one.run
    if run is None or run.amount is None:
        return ""
    amount = wording.size(run.amount, measure=one.gap.measure, decimals=run.decimals)
    told = {
        Movement.NARROWING: f"yes, by {amount}",
        Movement.WIDENING: f"no, it has widened by {amount}",
        Movement.TURNED: "it turned round",
    }.get(run.movement, "it stayed about the same")
    return f"; over the years since {run.since}, {told}"


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _sized(one: AreaGap) -> str:
    amount = one.newest.amount
    number = amount.value if isinstance(amount, Known) else 0.0
    size = wording.size(number, measure=one.gap.measure, decimals=one.newest.decimals)
    return f"{size} in {one.gap.measure.measure} in {one.newest.label}: {_both(one, gap=one.gap)}"


def _both(one: AreaGap, *, gap: Gap) -> str:
    return wording.both_figures(one.newest, gap=gap)
