"""The cube by Steward's own expressions, on the engine inside the process."""

from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import ibis
from ibis.expr.types import Table

from benchmarks.pupils.problem import GROUPS, OUTCOME, PUPILS, SLOTS, timed
from steward.analysis.accountability.catalogue import progress_8_tables
from steward.analysis.accountability.progress8_columns import progress_8
from steward.analysis.pupils import aggregates
from steward.analysis.pupils.groups import Dimension
from steward.analysis.pupils.layout import RESULTS, read_layouts
from steward.analysis.pupils.limits import with_limits
from steward.analysis.pupils.measures import MEASURES
from steward.analysis.pupils.one_reading import reads_once


def solve(inputs: Path, into: Path) -> None:
    """Write the cube of the pupils in `inputs` into the folder `into`."""
    connection = reads_once(ibis.duckdb.connect())
    tables = tuple(progress_8_tables().values())
    pupils = connection.read_parquet(inputs / PUPILS)
    measures = [one for one in MEASURES if one.id == "progress_8"]

    def pupils_with(codes: Sequence[str]) -> Table:
        narrow = pupils.select("urn", "period", "prior_attainment", *SLOTS, *codes)
        points = reduce(lambda one, other: one + other, (narrow[slot] for slot in SLOTS))
        scored = progress_8(narrow.mutate(attainment_8=points, stage=ibis.literal("KS4")), tables=tables)
        placed = scored.mutate(area=scored.urn)
        return aggregates.parts(placed, available=(*SLOTS, "prior_attainment"), measures=measures)

    names = aggregates.part_names(measures, pupils=pupils_with(()))
    cells = aggregates.sums(pupils_with, dimensions=_dimensions(), names=names)
    told = cells.mutate(phase=ibis.null("string"), release=ibis.null("string"))
    figures = with_limits(aggregates.figures(told, level="school", measures=measures), tables=tables)
    outcome = figures.select(
        "period",
        "dimension",
        "member",
        "pupils",
        "deviation",
        "lower",
        "upper",
        urn=figures.area.cast("int64"),
        score=figures.value,
    )
    connection.to_parquet(outcome, into / OUTCOME)


def _dimensions() -> list[Dimension]:
    layout = read_layouts()[RESULTS]
    found = (layout.column(name) for name in GROUPS)
    return [Dimension(one.name, one.name, {code: (code,) for code in one.codes}) for one in found if one]


if __name__ == "__main__":
    timed(solve)
