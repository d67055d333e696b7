"""The cube in pandas, one grouping for each characteristic."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.pupils.problem import ALL, EXPECTED, GROUPS, OUTCOME, PUPILS, SLOTS, SPREADS, UNKNOWN, timed


def solve(inputs: Path, into: Path) -> None:
    """Write the cube of the pupils in `inputs` into the folder `into`."""
    pupils = pd.read_parquet(inputs / PUPILS)
    for name in GROUPS:
        pupils[name] = pupils[name].fillna(UNKNOWN).astype("category")
    pupils = pupils[pupils["prior_attainment"].notna()]
    pupils["halves"] = np.ceil(pupils["prior_attainment"] * 2).astype("int64")
    scored = pupils.merge(pd.read_parquet(inputs / EXPECTED), on=["period", "halves"])
    points = scored[list(SLOTS)].sum(axis=1, skipna=False)
    scored["score"] = np.fmax((points - scored["expected"]) / 10, scored["least"].astype(float))
    cells = pd.concat([_cells(scored, name) for name in (None, *GROUPS)], ignore_index=True)
    cells = cells.merge(pd.read_parquet(inputs / SPREADS), on="period")
    cells = cells[cells["pupils"] > 0]
    reach = cells.pop("reach") / np.sqrt(cells["pupils"])
    cells["lower"], cells["upper"] = cells["score"] - reach, cells["score"] + reach
    cells.to_parquet(into / OUTCOME, index=False)


def _cells(scored: pd.DataFrame, name: str | None) -> pd.DataFrame:
    by = ["urn", "period", *([name] if name else [])]
    found = scored.groupby(by, observed=True)["score"].agg(["count", "mean", "std"]).reset_index()
    found = found.rename(columns={"count": "pupils", "mean": "score", "std": "deviation"})
    found["dimension"] = name or ALL
    found["member"] = found.pop(name).astype(str) if name else ALL
    return found


if __name__ == "__main__":
    timed(solve)
