"""How sure a figure of a school is, as a document: every method in words, with examples worked out here."""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from steward.analysis.comparison import detectable, discovery, funnel, shrinkage
from steward.analysis.comparison.intervals import (
    Interval,
    count_interval,
    mean_difference_interval,
    share_difference_interval,
    share_interval,
)
from steward.analysis.comparison.shrinkage import SpreadOfMeans
from steward.analysis.comparison.small_groups import chance_of_so_far_apart
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.interface import markdown, words

_INTRODUCTION = (
    "The examples below are worked out by the same code as the pages when this document is printed. "
    "Tests on invented schools hold it: of 1,000 authorities, at most 1 point more of their lists is "
    "false than is said here, and intervals of 95% hold the truth in 93 to 97 of 100 schools."
)
_FUNNEL_SIZES = (15, 30, 60, 90)
_EXPECTED_2024 = 0.61
_READING_2019, _SCHOOLS_2019 = 6.17358, 2.1
_FIGURES = (-3.2, -1.1, 0.4, 1.9, 2.6, -0.5)
_PUPILS = (28, 55, 60, 30, 45, 90)
_P_VALUES = (0.001, 0.008, 0.012, 0.020, 0.041, 0.06, 0.21, 0.34, 0.55, 0.9)


def uncertainty(indicators: Mapping[str, IndicatorDefinition]) -> str:
    """Return how the sureness of figures is worked out, and for which indicators it can be."""
    return markdown.document(
        (
            markdown.heading("How sure a figure is", level=1),
            _INTRODUCTION,
            *_intervals(),
            *_funnels(),
            *_over_dispersion(),
            *_estimates(),
            *_lists(),
            *_ranks_and_years(),
            *_gaps(),
            *_covered(indicators),
        )
    )


def _intervals() -> Iterable[str]:
    yield markdown.heading("Intervals", level=2)
    yield (
        "A share of pupils has its Wilson score interval, a count of events Byar's, the gap between two "
        "shares Newcombe's hybrid of two Wilson intervals. A mean reaches as many standard errors each "
        "way as its publisher's interval does; the standard error is the spread of pupils across England "
        "divided by the root of the number of pupils. Sources: Wilson (1927); Breslow and Day (1987); "
        "Newcombe (1998), method 10; the public health indicators of England (PHEindicatormethods), "
        "whose test values these are."
    )
    rows = (
        ("65 of 100 pupils, 95%", _ends(share_interval(65, pupils=100))),
        ("65 of 100 pupils, 99.8%", _ends(share_interval(65, pupils=100, confidence=0.998))),
        ("65 events, 95%", _ends(count_interval(65), decimals=2)),
        (
            "56 of 70 less 48 of 80, 95%",
            _ends(share_difference_interval(56, pupils=70, other_count=48, other_pupils=80)),
        ),
        (
            "Progress 8 of 20 pupils less that of 100, spread 1.41628, a gap of 0, 95%",
            _ends(
                mean_difference_interval(0.0, spread=1.41628, pupils=20, other_pupils=100, quantile=1.96),
                decimals=2,
            ),
        ),
        (
            "chance of 3 of 4 pupils beside 1 of 4 (mid-p, for groups of fewer than 20)",
            f"{chance_of_so_far_apart(3, pupils=4, other_count=1, other_pupils=4):.3f}",
        ),
    )
    yield markdown.table(("What", "Interval"), rows)


def _funnels() -> Iterable[str]:
    yield markdown.heading("Funnels", level=2)
    yield (
        "A funnel draws each school's figure against its number of pupils, with limits within which "
        "chance alone would keep 95% and 99.8% of schools that are all at the target. Limits of shares "
        "are those of the binomial distribution, moved between whole pupils so that they keep just that "
        "share (Spiegelhalter, 2005); the Wilson interval of the target lets three times as many schools "
        "out as it says at 99.8% and is not used. For a target of 61%, limits in whole pupils:"
    )
    inner, outer = (
        funnel.exact_share_limits(_FUNNEL_SIZES, target=_EXPECTED_2024, level=level)
        for level in (funnel.WARNING, funnel.ALARM)
    )
    rows = (
        (str(size), _pair(inner.low[row], inner.high[row]), _pair(outer.low[row], outer.high[row]))
        for row, size in enumerate(_FUNNEL_SIZES)
    )
    yield markdown.table(("Pupils", "95% limits", "99.8% limits"), rows)


def _over_dispersion() -> Iterable[str]:
    errors = _READING_2019 / np.sqrt(_PUPILS)
    target = funnel.weighted_mean(_FIGURES, standard_errors=errors)
    found = funnel.dispersion_of(_FIGURES, standard_errors=errors, target=target, trimmed=0)
    plain = funnel.scores_of(_FIGURES, standard_errors=errors, target=target)
    widened = funnel.scores_of(_FIGURES, standard_errors=errors, target=target, dispersion=found)
    yield markdown.heading("The ordinary spread of schools", level=2)
    yield (
        "Schools differ by more than chance, since their pupils do. A school is *unusual* only if it "
        "lies outside that spread too. The spread is a variance between schools added to the squared "
        "standard error of each (on the scale arcsine of the root for shares): the sum of squared scores "
        "less one fewer than the number of schools, divided by the sum of the weights less the sum of "
        "squared weights over their sum, the weight of a school being one over its squared standard "
        "error; none where that is below zero. Source: Spiegelhalter (2005), and the code of the health "
        "service (FunnelPlotR)."
    )
    yield (
        f"Worked example, standard deviation of pupils {_READING_2019}: phi is {found.phi:.4f} and tau "
        f"squared {found.tau_squared:.4f}; of six schools {_beyond(plain)} lie beyond 1.96 by chance "
        f"alone, {_beyond(widened)} with the spread of schools."
    )
    rows = (
        (
            words.signed(value, decimals=1),
            str(size),
            words.signed(one, decimals=3),
            words.signed(other, decimals=3),
        )
        for value, size, one, other in zip(_FIGURES, _PUPILS, plain, widened, strict=True)
    )
    yield markdown.table(("Figure", "Pupils", "Score", "Score with the spread of schools"), rows)
    yield (
        "Scores in the outer tenth at each end are pulled in first, so that unusual schools do not hide "
        "themselves. Pulling in makes schools look more alike: by the published method one in eight "
        "schools that only differ as schools do would lie outside the 95% limits. Steward therefore "
        "takes the variance with which the pulled-in scores are as large as those of a normal "
        "distribution (after Paule and Mandel, 1982). Far out, scores of shares are held against "
        "beta-binomial tails as well, and the less extreme p value counts."
    )


def _estimates() -> Iterable[str]:
    yield markdown.heading("The best estimate", level=2)
    yield (
        "A figure on few pupils says little. The best estimate weighs it against how schools of the "
        "phase differ (empirical Bayes). For a mean: the estimate is the middle of schools and a part of "
        "how far the figure lies from it. That part is the variance between schools (tau squared) "
        "divided by itself and the squared standard error; the standard deviation of the estimate is tau "
        "times the root of what is left of one. Tau is estimated from all schools (DerSimonian and "
        "Laird, repeated with its own weights). A share has a beta-binomial model, its beta distribution "
        "fitted by moments (Kleinman, 1973): unlike a normal model on the arcsine scale it stays between "
        "0 and 100%, is exact for small schools, and is in the unit that is shown. From it follows the "
        "probability that the true level is below England's. Reading progress of 3.0 below zero, tau "
        f"{_SCHOOLS_2019}:"
    )
    yield markdown.table(
        (
            "Pupils",
            "Part that is its own",
            "Best estimate",
            "Standard deviation",
            "Probability below minus 1",
        ),
        (_estimate(size) for size in (12, 30, 60)),
    )
    yield (
        "The estimate is of the year of the figure. Schools move: on every primary school of England, "
        "estimates of 2016 to 2017 with their own uncertainty held the results of the year after in 91 "
        "of 100 schools, and in 95 to 96 of 100 once the movement seen the year before (a standard "
        "deviation of 6.7 percentage points) was added."
    )


def _estimate(size: int) -> tuple[str, ...]:
    error = np.array([_READING_2019 / math.sqrt(size)])
    belief = shrinkage.belief_of_means(
        [-3.0], standard_errors=error, spread=SpreadOfMeans(0.0, _SCHOOLS_2019)
    )
    own = shrinkage.own_share(error**2, tau=_SCHOOLS_2019)
    below = shrinkage.mean_is_below(-1.0, belief=belief)
    return (
        str(size),
        f"{own[0]:.3f}",
        words.number(float(belief.mean[0]), decimals=2),
        f"{belief.deviation[0]:.2f}",
        f"{below[0]:.3f}",
    )


def _lists() -> Iterable[str]:
    listed, strict = discovery.discoveries(_P_VALUES), discovery.stepwise(_P_VALUES)
    tested = ", ".join(f"{one:g}" for one in _P_VALUES)
    lists, screens = (round(100 * rate) for rate in (discovery.LISTS, discovery.SCREENS))
    yield markdown.heading("Lists of schools that stand out", level=2)
    yield (
        "250 schools in six measures give 37 to 38 false alarms where each is tested one-sided at 2.5%. "
        f"Lists are therefore drawn up so that on average at most {lists} in 100 of the schools on them are "
        f"there by chance ({screens} in 100 for early screens): first schools, by all their measures "
        "together, then measures within a listed school, then groups of pupils within a listed measure. "
        "Sources: Benjamini and Hochberg (1995); Simes (1986); Benjamini and Bogomolov (2014). Of the "
        f"p values {tested} this lists {int(listed.sum())}, and Holm's test, that allows no false finding at "
        f"all, {int(strict.sum())}."
    )
    yield (
        "Chance is judged by exact binomial tails for shares and by the normal distribution for means, "
        "beside England's published figure; special schools, and measures that are not of one age, are "
        "held against the mean of the schools of their phase. The latest year of a measure is the newest "
        "in which at least half as many schools of the phase can be judged as in any other."
    )


def _ranks_and_years() -> Iterable[str]:
    yield markdown.heading("Ranks, and years put together", level=2)
    yield (
        "A rank is never shown without the range of ranks that is plausible: worlds are drawn from what "
        "is believed of each school, with a fixed seed, and the school is ranked in each; the range "
        "holds 95% of its ranks (Goldstein and Spiegelhalter, 1996). Years are put together, up to "
        "three, only where they follow each other and no break of the series lies between them: shares "
        "by counts of pupils, means weighted by pupils; the target likewise."
    )


def _gaps() -> Iterable[str]:
    yield markdown.heading("Could a gap be seen?", level=2)
    yield (
        "The smallest gap between two groups that would be found with a chance of 80% by a two-sided "
        "test at 5%: 2.80 standard errors of the difference. Where about 60% of pupils succeed:"
    )
    pairs = ((8, 22), (15, 45), (30, 60), (100, 200))
    rows = (
        (str(one), str(other), f"{round(100 * _gap(one, other))} percentage points") for one, other in pairs
    )
    yield markdown.table(("Pupils", "Other pupils", "Smallest gap"), rows)


def _covered(indicators: Mapping[str, IndicatorDefinition]) -> Iterable[str]:
    measured = [one for one in indicators.values() if one.polarity != "none" and not _is_end(one)]
    shares = sorted(one.title for one in measured if one.share_of_pupils)
    means = sorted(one.title for one in measured if not one.share_of_pupils and one.pupil_spreads)
    rest = sorted(one.title for one in measured if not one.share_of_pupils and not one.pupil_spreads)
    yield markdown.heading("Which measures can be judged", level=2)
    yield markdown.facts(
        (
            ("Shares, wherever the number of pupils is published", "; ".join(shares)),
            ("Means, in years with a known spread of pupils or printed limits", "; ".join(means)),
            ("Not judged, since how much pupils differ is not published", "; ".join(rest)),
        )
    )


def _is_end(one: IndicatorDefinition) -> bool:
    return one.id.endswith(("_lower", "_upper"))


def _gap(one: int, other: int) -> float:
    return detectable.smallest_gap_of_shares(one, other_pupils=other, share=0.6)


def _beyond(scores: Sequence[float] | np.ndarray) -> int:
    return int(np.sum(np.abs(np.asarray(scores)) > 1.96))


def _ends(found: Interval, *, decimals: int = 4) -> str:
    return f"{found.low:.{decimals}f} to {found.high:.{decimals}f}"


def _pair(low: float, high: float) -> str:
    return f"{low:.3f} to {high:.3f}"
