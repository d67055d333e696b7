"""Rounding as the Department for Education does it: half away from zero, with a tolerance."""

import math

_TOLERANCE = math.sqrt(2.220446e-16)


def round_half_away(number: float, places: int = 0) -> float:
    """Return `number` rounded to `places` decimals, halves away from zero.

    A tolerance of 1.5e-8 (in units of the last place) absorbs binary fractions such as 2.85.
    Source: dfeR `round_five_up` (Department for Education), methods 1.0.
    """
    scale = 10.0**places
    size = math.trunc(abs(number) * scale + 0.5 + _TOLERANCE) / scale
    return math.copysign(size, number) if size else 0.0
