"""Find the weights of our own statistical neighbours, print how accurate every list is, and keep both.

Run: python -m benchmarks.neighbours FOLDER [--write], where FOLDER has the tables of a rebuild. With --write
the weights and the table of accuracy are put into the definition; without it they are only printed.
Set OMP_NUM_THREADS=1: the sums are small, and many threads make them slower.
"""

import sys
from datetime import date
from pathlib import Path

import ibis
import yaml

from steward.analysis.comparison import fitting
from steward.analysis.comparison.comparators import NeighbourMethod, read_comparators
from steward.analysis.comparison.fitting import Fitted
from steward.definitions import FOLDER

DEFINITION = FOLDER / "comparators" / "circumstances.yaml"
FITTED_ON = (
    "Local Authority Interactive Tool, series of 2016 to 2025, and registers of schools of 2014 to 2023"
)


def main(arguments: list[str]) -> int:
    """Fit, print, and with --write keep the outcome; return 0."""
    folder = Path(arguments[0])
    method = read_comparators()["circumstances"].neighbours
    if method is None:
        raise LookupError("circumstances.yaml has no method for neighbours.")
    connection = ibis.duckdb.connect()
    held = fitting.held_from(
        connection,
        series=connection.read_parquet(folder / "series.parquet"),
        establishments=connection.read_parquet(folder / "establishments.parquet"),
        lists=connection.read_parquet(folder / "neighbours.parquet"),
        method=method,
    )
    found = fitting.fit(
        method,
        held=held,
        seed=method.fit.seed,
        fitted_on=FITTED_ON,
        fitted=date.today(),  # noqa: DTZ011 - a calendar day is meant
    )
    show(found, method=method)
    if "--write" in arguments:
        keep(found)
    return 0


def show(found: Fitted, *, method: NeighbourMethod) -> None:
    """Print weights, accuracy and what the lists are like."""
    for name, weight in sorted(found.weights.items(), key=lambda one: -one[1]):
        print(f"{weight:7.4f}  {name}")
    about = {one.measure: one for one in method.predicts}
    ratios = {one.measure: one.ratio(method.fit.against) for one in found.fit.accuracy}
    for one in found.fit.accuracy:
        lists = " ".join(f"{name} {error:.3f}" for name, error in sorted(one.published.items()))
        mark = "*" if about[one.measure].headline else " "
        row = f"{mark} {one.measure:26} {one.year} {one.authorities} spread {one.spread:.3f} {lists}"
        print(f"{row} ours {one.held_out:.3f} ratio {ratios[one.measure]:.3f}")
    headline = [ratios[one.measure] for one in found.fit.accuracy if about[one.measure].headline]
    print(f"headline mean {sum(headline) / len(headline):.4f}, worst {max(headline):.4f}")
    print(f"all mean {sum(ratios.values()) / len(ratios):.4f}, worst {max(ratios.values()):.4f}")
    print(f"newest year left out too: {found.fit.harder_ratio}; kept {found.fit.kept} of ten")
    print(f"reciprocity {found.fit.reciprocity}, chosen at most {found.fit.most_chosen}")


def keep(found: Fitted) -> None:
    """Write weights and fit into the definition."""
    content = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    method = content["neighbours"]
    method["features"] = [
        {**feature, "weight": found.weights[feature["id"]]}
        for feature in method["features"]
        if found.weights[feature["id"]] > 0
    ]
    method["fit"] = found.fit.model_dump(mode="python") | {
        "accuracy": [one.model_dump() for one in found.fit.accuracy],
        "kept_between": list(found.fit.kept_between),
    }
    written = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
    DEFINITION.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
