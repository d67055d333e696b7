"""Whether two small groups differ by more than chance: exact, where intervals of shares are too rough."""

import math

SMALL = 20
"""Groups of fewer pupils are judged by the exact test as well as by the interval."""


def chance_of_so_far_apart(count: int, *, pupils: int, other_count: int, other_pupils: int) -> float:
    """Return how likely shares so far apart are by chance, where both groups have the same chance.

    It is Fisher's exact test with mid-p: tables farther out count whole, the one at hand half; the smaller
    tail is doubled, and no more than 1. Raises ValueError where a count is not between none and all of the
    pupils. Source: H. O. Lancaster, Significance tests in discrete distributions (1961); K. J. Rothman,
    Modern epidemiology (1986), for the doubled tail.
    """
    for part, whole in ((count, pupils), (other_count, other_pupils)):
        if whole < 1 or not 0 <= part <= whole:
            raise ValueError(f"{part} of {whole} pupils is no share; count between none and all of them.")
    every, reached = pupils + other_pupils, count + other_count
    ways = math.comb(every, reached)

    def likely(number: int) -> float:
        return math.comb(pupils, number) * math.comb(other_pupils, reached - number) / ways

    least, most = max(0, reached - other_pupils), min(pupils, reached)
    half = likely(count) / 2
    below = math.fsum(likely(number) for number in range(least, count)) + half
    above = math.fsum(likely(number) for number in range(count + 1, most + 1)) + half
    return min(1.0, 2 * min(below, above))
