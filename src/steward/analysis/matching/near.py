"""Every load of a supporter that is nearly worth its price: what a better plan could hold."""

from collections.abc import Iterator, Sequence

import numpy as np

from steward.analysis.matching.loads import Choice, Load, Numbers, load_of


def loads_near(choice: Choice, *, prices: Numbers, money: float, at_least: float) -> Iterator[Load]:
    """Yield every load worth at least `at_least` when each school costs its price and each pound `money`.

    A load is followed only as long as some completion of it is worth enough, which is known exactly, so
    the work is in proportion to the loads there are.
    """
    gain = choice.values - prices[choice.needs] - money * choice.costs
    must = list(choice.must)
    base, start = float(gain[must].sum()), int(choice.days[must].sum())
    if start > choice.free:
        return
    order = _worth_trying(choice, gain=gain, least=at_least - base, start=start)
    tails = _tails(choice, gain=gain, order=order)
    waiting = [(0, base, start, choice.must)]
    while waiting:
        line, worth, used, held = waiting.pop()
        if worth + tails[line][used] < at_least:
            continue
        if line == len(order):
            if held:
                yield load_of(choice, held)
            continue
        waiting.append((line + 1, worth, used, held))
        with_it = used + int(choice.days[order[line]])
        if with_it <= choice.free:
            waiting.append((line + 1, worth + float(gain[order[line]]), with_it, (*held, order[line])))


def _worth_trying(choice: Choice, *, gain: Numbers, least: float, start: int) -> list[int]:
    """Return the places a load of enough worth could hold, those of most gain first.

    A load without one of its schools is worth at most the best load, and takes no more days; so each
    school must gain at least what the best load may lose.
    """
    order = [int(place) for place in np.argsort(-gain, kind="stable") if place not in choice.must]
    gaining = [place for place in order if gain[place] > 0]
    best = _tails(choice, gain=gain, order=gaining)[0][start]
    return [place for place in order if gain[place] >= least - best]


def _tails(choice: Choice, *, gain: Numbers, order: Sequence[int]) -> list[list[float]]:
    """Return, by how many of `order` were considered and tenths of days used, the most still to be had."""
    row = -choice.load
    rows = [row]
    for place in reversed(order):
        days = int(choice.days[place])
        further = row.copy()
        if days <= choice.free:
            fits = choice.free + 1 - days
            further[:fits] = np.maximum(row[:fits], gain[place] + row[days:])
        row = further
        rows.append(row)
    return [each.tolist() for each in reversed(rows)]
