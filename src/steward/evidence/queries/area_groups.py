"""Published figures of areas about groups of pupils, of every authority and of England at once."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.evidence import engine
from steward.evidence.queries import figures, releases, withholding
from steward.evidence.queries.figures import AreaFigure
from steward.vocabulary.areas import Basis, Level


def published_of(indicators: frozenset[str]) -> Mapping[str, tuple[AreaFigure, ...]]:
    """Return by area ("england", or the code of an authority) the published figures of some indicators.

    Every release that prints one is there, oldest year first; what the disclosure gate withholds says so.
    """
    found = _published_of(releases.current_folder(), indicators)
    for listed in found.values():
        for one in listed:
            withholding.shown(one)
    return found


@lru_cache(maxsize=64)
def _published_of(folder: Path, indicators: frozenset[str]) -> Mapping[str, tuple[AreaFigure, ...]]:
    table = engine.table(folder / "areas.parquet")
    rows = table.filter(
        table.level.isin([Level.AUTHORITY.value, Level.ENGLAND.value])
        & table.indicator.isin(sorted(indicators))
        & (table.basis == Basis.PUBLISHED.value)
    )
    released = withholding.released_of_areas(rows, folder=folder)
    listed: dict[str, list[AreaFigure]] = defaultdict(list)
    for one in figures.area_figures(released.order_by("area", "indicator", "phase", "period")):
        listed[one.area].append(one)
    return MappingProxyType({area: tuple(own) for area, own in listed.items()})
