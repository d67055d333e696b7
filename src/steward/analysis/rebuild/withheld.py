"""What may not be shown of published figures about groups of pupils, written beside the figures."""

from collections.abc import Mapping

from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.disclosure.policy import DisclosurePolicy
from steward.analysis.disclosure.published import WITHHELD, GroupMeasure, PublishedTables, withheld
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import places_of, rolls_of
from steward.analysis.rebuild.kitchen import Kitchen

WITHHELD_FILE = "withheld.parquet"


def write_withheld(
    kitchen: Kitchen, *, indicators: Mapping[str, IndicatorDefinition], policy: DisclosurePolicy
) -> None:
    """Write which figures in the tables of the folder are withheld, in the order of areas and schools."""
    values = _read(kitchen, "values.parquet")
    about = group_measures(indicators)
    wanted = {one.indicator for one in about} | {one.whole for one in about}
    chosen = values.filter(values.indicator.isin(sorted(wanted)))
    places = places_of(
        columns.cast(_read(kitchen, "establishments.parquet"), columns.ESTABLISHMENTS),
        roll=rolls_of(values),
        periods=chosen.select("period").distinct(),
    )
    tables = PublishedTables(chosen, _read(kitchen, "areas.parquet"), places)
    found = withheld(tables, measures=about, policy=policy)
    kitchen.write(found.order_by("level", "area", "indicator", "period"), WITHHELD_FILE, shape=WITHHELD)


def group_measures(indicators: Mapping[str, IndicatorDefinition]) -> list[GroupMeasure]:
    """Return the indicators that are about a group of pupils."""
    return [
        GroupMeasure(name, one.group_of, one.decimals, mean_range=one.pupil_range)
        for name, one in sorted(indicators.items())
        if one.group
    ]


def _read(kitchen: Kitchen, name: str) -> Table:
    return kitchen.connection.read_parquet(kitchen.into / name)
