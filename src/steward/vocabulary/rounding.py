"""Rounding as the Department for Education does it: half away from zero, with a tolerance."""

import math
from collections.abc import Sequence

_TOLERANCE = math.sqrt(2.220446e-16)


def round_half_away(number: float, places: int = 0) -> float:
    """Return `number` rounded to `places` decimals, halves away from zero.

    A tolerance of 1.5e-8 (in units of the last place) absorbs binary fractions such as 2.85.
    Source: dfeR `round_five_up` (Department for Education), methods 1.0.
    """
    scale = 10.0**places
    size = math.trunc(abs(number) * scale + 0.5 + _TOLERANCE) / scale
    return math.copysign(size, number) if size else 0.0


def round_to_total(numbers: Sequence[float], places: int = 0) -> tuple[float, ...]:
    """Return numbers rounded so that they add up to their own rounded total, such as shares to 100.

    Each is cut, and what is then missing goes to the largest remainders, the first of equals first.
    """
    scale = 10.0**places
    sizes = [max(number, 0.0) * scale for number in numbers]
    cut = [math.trunc(size + _TOLERANCE) for size in sizes]
    missing = int(round_half_away(sum(sizes))) - sum(cut)
    remainders = sorted(range(len(sizes)), key=lambda place: cut[place] - round(sizes[place], 6))
    for place in remainders[: max(missing, 0)]:
        cut[place] += 1
    return tuple(each / scale for each in cut)
