"""How each school stands in a measure: beside the target, what is believed of it, and whether it stands out.

Two questions are asked of each school, and never mixed up. Could chance explain that its figure differs
from the target (`chance`)? And does it lie outside the ordinary spread of schools as well (`p_value`, from
a score widened by over-dispersion)? Arrays hold one number for each school; nan means that it is not known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from steward.analysis.comparison import funnel, shrinkage
from steward.analysis.comparison.shrinkage import SpreadOfShares
from steward.analysis.comparison.strengths import MINIMUM_SCHOOLS

Numbers = NDArray[np.float64]

_PERCENT = 100.0
_FAR_OUT, _AT_ONCE = 0.02, 2_000
"""P values below this are held against exact tails, for so many schools at once."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of schools of one phase in one measure: percent for shares, else in the unit of the measure.

    `errors` are the standard errors of means by chance; they are not used for shares.
    """

    values: Numbers
    pupils: Numbers
    errors: Numbers


@dataclass(frozen=True, slots=True)
class Standings:
    """For each school: what is believed of it in the unit of the measure, and what was tested.

    `below` is the probability that its true value is below the target; `chance` the p value against the
    target by chance alone; `score` and `p_value` count the ordinary spread of schools too. `target` and
    `dispersion` are those of the group.
    """

    target: float
    dispersion: funnel.Dispersion
    estimate: Numbers
    deviation: Numbers
    low: Numbers
    high: Numbers
    below: Numbers
    chance: Numbers
    score: Numbers
    p_value: Numbers


def group_mean(figures: Figures) -> float:
    """Return the mean of the figures weighted by pupils: the target where no figure of England fits."""
    return float(np.sum(figures.values * figures.pupils) / np.sum(figures.pupils))


def standings_of_shares(figures: Figures, *, target: float, smallest: float) -> Standings:
    """Return how schools stand in a share of pupils beside the target, both in percent.

    Schools with fewer pupils than `smallest` have an estimate and no test. In a group of fewer than thirty
    schools with more, or beside a target of none or all pupils, only chance can be judged, or nothing.
    """
    counts = np.floor(figures.values * figures.pupils / _PERCENT + 0.5)
    large = figures.pupils >= smallest
    share = target / _PERCENT
    if not 0 < share < 1:
        return _unknown(len(counts), target=target)
    chance = np.where(large, _binomial_p_values(counts, pupils=figures.pupils, share=share), np.nan)
    if large.sum() < MINIMUM_SCHOOLS:
        return _unknown(len(counts), target=target, chance=chance)
    scaled, errors = funnel.arcsine(counts / figures.pupils), funnel.arcsine_errors(figures.pupils)
    middle = float(funnel.arcsine(share))
    dispersion = funnel.settled_dispersion(scaled[large], standard_errors=errors[large], target=middle)
    score = funnel.scores_of(scaled, standard_errors=errors, target=middle, dispersion=dispersion)
    spread = shrinkage.spread_of_shares(counts[large], pupils=figures.pupils[large])
    belief = shrinkage.belief_of_shares(counts, pupils=figures.pupils, spread=spread)
    below = shrinkage.share_is_below(share, counts=counts, pupils=figures.pupils, spread=spread)
    return Standings(
        target=target,
        dispersion=dispersion,
        estimate=belief.mean * _PERCENT,
        deviation=belief.deviation * _PERCENT,
        low=belief.low * _PERCENT,
        high=belief.high * _PERCENT,
        below=below,
        chance=chance,
        score=np.where(large, score, np.nan),
        p_value=_beyond_spread(score, chance=chance, counts=counts, pupils=figures.pupils, spread=spread),
    )


def standings_of_means(figures: Figures, *, target: float, smallest: float) -> Standings:
    """Return how schools stand in a mean beside the target, in its unit; as `standings_of_shares`."""
    large = figures.pupils >= smallest
    values, errors = figures.values, figures.errors
    plain = funnel.scores_of(values, standard_errors=errors, target=target)
    chance = np.where(large, _normal_p_values(plain), np.nan)
    if large.sum() < MINIMUM_SCHOOLS:
        return _unknown(len(values), target=target, chance=chance)
    dispersion = funnel.settled_dispersion(values[large], standard_errors=errors[large], target=target)
    score = funnel.scores_of(values, standard_errors=errors, target=target, dispersion=dispersion)
    spread = shrinkage.spread_of_means(values[large], standard_errors=errors[large])
    belief = shrinkage.belief_of_means(values, standard_errors=errors, spread=spread)
    return Standings(
        target=target,
        dispersion=dispersion,
        estimate=belief.mean,
        deviation=belief.deviation,
        low=belief.low,
        high=belief.high,
        below=shrinkage.mean_is_below(target, belief=belief),
        chance=chance,
        score=np.where(large, score, np.nan),
        p_value=np.where(large, _normal_p_values(score), np.nan),
    )


def _beyond_spread(
    scores: Numbers, *, chance: Numbers, counts: Numbers, pupils: Numbers, spread: SpreadOfShares
) -> Numbers:
    """Return the p values of scores of shares; none is below that of chance alone, or of beta-binomial tails.

    Far out, and near 0 and 100%, scores on the arcsine scale promise more than they keep.
    """
    found = np.maximum(_normal_p_values(scores), chance)
    far = np.flatnonzero(found < _FAR_OUT)
    for some in np.array_split(far, max(len(far) // _AT_ONCE, 1)):
        tails = shrinkage.tails_of_counts(counts[some], pupils=pupils[some], spread=spread)
        found[some] = np.maximum(found[some], tails)
    return found


def _binomial_p_values(counts: Numbers, *, pupils: Numbers, share: float) -> Numbers:
    """Return twice the smaller tail of the binomial distribution, the count itself included."""
    many = counts > pupils * share
    tail = special.betainc(
        np.where(many, counts, pupils - counts),
        np.where(many, pupils - counts, counts) + 1,
        np.where(many, share, 1 - share),
    )
    everywhere = np.where(many, counts, pupils - counts) <= 0
    return np.asarray(np.where(everywhere, 1.0, np.minimum(2 * tail, 1.0)), dtype=np.float64)


def _normal_p_values(scores: Numbers) -> Numbers:
    return np.asarray(2 * special.ndtr(-np.abs(scores)), dtype=np.float64)


def _unknown(schools: int, *, target: float, chance: Numbers | None = None) -> Standings:
    nothing = np.full(schools, np.nan)
    known = nothing if chance is None else chance
    rest = (nothing, nothing, nothing, nothing, nothing, known, nothing, nothing)
    return Standings(target, funnel.NO_DISPERSION, *rest)
