"""The cube in Polars, lazily, one grouping for each characteristic."""

from pathlib import Path

import polars as pl

from benchmarks.pupils.problem import ALL, EXPECTED, GROUPS, OUTCOME, PUPILS, SLOTS, SPREADS, UNKNOWN, timed

_COLUMNS = ["urn", "period", "dimension", "member", "pupils", "score", "deviation"]


def solve(inputs: Path, into: Path) -> None:
    """Write the cube of the pupils in `inputs` into the folder `into`."""
    pupils = pl.scan_parquet(inputs / PUPILS).with_columns(
        halves=(pl.col("prior_attainment") * 2).ceil().cast(pl.Int64)
    )
    scored = pupils.join(pl.scan_parquet(inputs / EXPECTED), on=["period", "halves"]).select(
        "urn",
        "period",
        *GROUPS,
        score=pl.max_horizontal(
            (pl.sum_horizontal(*SLOTS, ignore_nulls=False) - pl.col("expected")) / 10, "least"
        ),
    )
    cells = pl.concat([_cells(scored, name) for name in (None, *GROUPS)])
    reach = pl.col("reach") / pl.col("pupils").sqrt()
    limited = cells.join(pl.scan_parquet(inputs / SPREADS), on="period").filter(pl.col("pupils") > 0)
    outcome = limited.select(*_COLUMNS, lower=pl.col("score") - reach, upper=pl.col("score") + reach)
    outcome.collect().write_parquet(into / OUTCOME)


def _cells(scored: pl.LazyFrame, name: str | None) -> pl.LazyFrame:
    by = ["urn", "period", *([name] if name else [])]
    found = scored.group_by(by).agg(
        pupils=pl.col("score").count().cast(pl.Int64),
        score=pl.col("score").mean(),
        deviation=pl.col("score").std(),
    )
    member = pl.col(name).fill_null(UNKNOWN) if name else pl.lit(ALL)
    return found.with_columns(dimension=pl.lit(name or ALL), member=member).select(_COLUMNS)


if __name__ == "__main__":
    timed(solve)
