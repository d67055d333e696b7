"""How schools stand as a file for a spreadsheet."""

from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import HttpResponse

from steward.interface import csv_files
from steward.pages.queries.funnels import FunnelFound
from steward.pages.queries.standing_out import NamedStanding

_HEADER = (
    "urn", "school", "phase", "indicator", "measure", "first_year", "last_year", "value", "unit", "pupils",
    "target", "target_of", "said", "estimate", "estimate_low", "estimate_high", "probability_below_target",
    "p_by_chance", "score", "p_beside_spread_of_schools", "unlikely_to_be_chance", "unusual", "few_pupils",
    "rank", "rank_low", "rank_high", "ranked_among",
)  # fmt: skip
_WHERE = "where"


def standings_file(
    name: str, *, rows: Iterable[tuple[NamedStanding, str]], left_out: Iterable[tuple[object, ...]] = ()
) -> HttpResponse:
    """Return standings, each with where it lies in the funnel ("" when that was not asked), as CSV.

    Rows of schools that are left out follow, as `left_out_rows` gives them.
    """
    judged = ((*_row(one), where) for one, where in rows)
    return csv_files.csv_file(name, header=(*_HEADER, _WHERE), rows=chain(judged, left_out))


def left_out_rows(found: FunnelFound) -> Iterator[tuple[object, ...]]:
    """Yield a row for each school left out of a funnel: the reason stands in the columns said and where."""
    measure = found.indicator
    period = found.schools[0].school.standing.period
    for one in found.left_out:
        told = {
            "urn": one.urn,
            "school": one.name,
            "phase": found.phase.value,
            "indicator": measure.id,
            "measure": measure.title,
            "first_year": period,
            "last_year": period,
            "unit": measure.unit,
            "said": one.why,
            _WHERE: "Left out",
        }
        yield tuple(told.get(name, "") for name in (*_HEADER, _WHERE))


def _row(one: NamedStanding) -> tuple[object, ...]:
    standing, rank = one.standing, one.standing.rank
    return (
        standing.urn,
        one.name,
        standing.phase.value,
        standing.indicator,
        one.indicator.title,
        standing.since,
        standing.period,
        standing.value,
        one.indicator.unit,
        standing.pupils,
        _number(standing.target),
        standing.beside,
        one.verdict,
        *map(_number, (standing.estimate, standing.low, standing.high, standing.below)),
        *(_tiny(standing.chance), _number(standing.score), _tiny(standing.p_value)),
        *("yes" if flag else "no" for flag in (standing.unlikely, standing.unusual, standing.few)),
        *((rank.middle, rank.low, rank.high, rank.among) if rank else ("", "", "", "")),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _tiny(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
