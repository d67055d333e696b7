"""Could a gap be seen at all with so few pupils? The smallest gap that would probably be found."""

import math
from statistics import NormalDist

POWER, LEVEL = 0.80, 0.05


def smallest_gap_of_shares(
    pupils: int, *, other_pupils: int, share: float, power: float = POWER, level: float = LEVEL
) -> float:
    """Return the gap between the shares of two groups that would be found with the chance `power`.

    `share` (0 to 1) is about what both groups reach, and the answer is a share too: 0.57 is 57 percentage
    points. It may be more than 1, where no gap could be found. A gap counts as found by a two-sided test at
    `level`. Raises ValueError where a group has no pupils, or the share, power or level is not between 0
    and 1.
    """
    _refuse_impossible(pupils, other_pupils, share, power, level)
    return _standard_errors(power, level=level) * math.sqrt(
        share * (1 - share) * (1 / pupils + 1 / other_pupils)
    )


def smallest_gap_of_means(
    pupils: int, *, other_pupils: int, spread: float, power: float = POWER, level: float = LEVEL
) -> float:
    """Return the gap between the means of two groups, in the unit of `spread`, found with chance `power`.

    `spread` is the standard deviation of pupils. Raises ValueError as `smallest_gap_of_shares` does.
    """
    _refuse_impossible(pupils, other_pupils, 0.5, power, level)
    if spread <= 0:
        raise ValueError(f"A spread of {spread} is not above zero; give a standard deviation.")
    return _standard_errors(power, level=level) * spread * math.sqrt(1 / pupils + 1 / other_pupils)


def _standard_errors(power: float, *, level: float) -> float:
    normal = NormalDist()
    return normal.inv_cdf(1 - level / 2) + normal.inv_cdf(power)


def _refuse_impossible(pupils: int, other_pupils: int, *shares: float) -> None:
    if min(pupils, other_pupils) < 1:
        raise ValueError("A group without pupils has no gap; each group needs at least one pupil.")
    if not all(0 < share < 1 for share in shares):
        raise ValueError("Share, power and level lie between 0 and 1, such as 0.6, 0.8 and 0.05.")
