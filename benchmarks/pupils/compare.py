"""Run the four programs in turn and print medians, ratios and how cost grows."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from benchmarks.pupils.problem import OUTCOME, prepare

PROGRAMS = ("steward", "duckdb", "polars", "pandas")
YARDSTICK = "duckdb"
DEFAULT_ROWS = 1_000_000
_CHECKOUT = Path(__file__).parents[2]
_CLOSE = (
    "(nullif(a.{0}, 'nan') IS NOT DISTINCT FROM nullif(b.{0}, 'nan') "
    "OR abs(a.{0} - b.{0}) <= 1e-9 * greatest(1, abs(b.{0})))"
)


def main(arguments: list[str] | None = None) -> int:
    """Compare the programs; return 1 when their tables differ by more than 1e-9."""
    settings = _settings(arguments)
    unequal = 0
    medians: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        for rows in settings.rows:
            work = Path(folder, str(rows))
            prepare(work / "inputs", rows=rows)
            times = _times(work, runs=settings.runs)
            medians[rows] = _report(times, rows=rows)
            unequal += sum(_differs(work, program) for program in PROGRAMS if program != YARDSTICK)
    _report_growth(medians)
    print("The four wrote the same tables." if not unequal else "They did not write the same tables.")
    return 1 if unequal else 0


def _settings(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pupils.compare", description=__doc__)
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[DEFAULT_ROWS], help="pupils; several sizes to see cost grow"
    )
    parser.add_argument("--runs", type=int, default=3, help="how often each program runs")
    return parser.parse_args(arguments)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: the problem itself, its processor, and its most memory."""

    seconds: float
    """Of the problem solved once more by the same process, without imports."""
    processor_seconds: float
    """Of the whole process, in which the problem is solved twice."""
    peak_megabytes: float


def _times(work: Path, *, runs: int) -> dict[str, list[Run]]:
    found = defaultdict(list)
    for _ in range(runs):
        for program in PROGRAMS:
            found[program].append(_run(program, work=work))
    return found


def _run(program: str, *, work: Path) -> Run:
    into = work / program
    into.mkdir(exist_ok=True)
    command = [sys.executable, "-m", f"benchmarks.pupils.with_{program}", str(work / "inputs"), str(into)]
    path = os.pathsep.join([str(_CHECKOUT / "src"), str(_CHECKOUT)])
    environment = {**os.environ, "PYTHONPATH": path}
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=_CHECKOUT, env=environment, stdout=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"The program {program} failed; run it by hand: {' '.join(command)}")
        told.seek(0)
        seconds = float(told.read())
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _report(times: dict[str, list[Run]], *, rows: int) -> float:
    """Print a line for each program and return the median seconds of Steward."""
    seconds = {program: statistics.median(run.seconds for run in of) for program, of in times.items()}
    worked = {
        program: statistics.median(run.processor_seconds for run in of) for program, of in times.items()
    }
    peaks = {program: max(run.peak_megabytes for run in of) for program, of in times.items()}
    print(f"{rows:,} pupils, eight groups, Progress 8 with number, spread and interval:")
    print(f"{'':10}{'seconds':>9}{'times DuckDB':>14}{'processor s':>13}{'peak MB':>9}")
    for program in PROGRAMS:
        ratio = seconds[program] / seconds[YARDSTICK]
        print(f"{program:10}{seconds[program]:9.3f}{ratio:14.2f}{worked[program]:13.2f}{peaks[program]:9.0f}")
    ratio = seconds["steward"] / seconds[YARDSTICK]
    print(f"Steward takes {ratio:.2f} times as long as DuckDB by hand (goal: at most 1.0).")
    return seconds["steward"]


def _report_growth(medians: dict[int, float]) -> None:
    for small, large in pairwise(sorted(medians)):
        grown = medians[large] / medians[small]
        print(
            f"{large / small:.1f} times the pupils take Steward {grown:.1f} times as long "
            "(goal: at most as many)."
        )


def _differs(work: Path, program: str) -> int:
    """Return 1 and say so when a program's table is not that of the yardstick."""
    one, other = (f"'{work / name / OUTCOME}'" for name in (program, YARDSTICK))
    close = " AND ".join(_CLOSE.format(name) for name in ("score", "deviation", "lower", "upper"))
    row = duckdb.execute(
        f"""
        SELECT count(*) FILTER (a.pupils IS NULL OR b.pupils IS NULL),
          count(*) FILTER (a.pupils IS NOT NULL AND b.pupils IS NOT NULL
            AND NOT (a.pupils = b.pupils AND {close})), count(*)
        FROM {one} a FULL JOIN {other} b USING (urn, period, dimension, member)
        """
    ).fetchone()
    assert row is not None
    print(f"{program}: {row[2]:,} cells, {row[0]} only on one side, {row[1]} unequal.")
    return int(bool(row[0] or row[1] or not row[2]))


if __name__ == "__main__":
    raise SystemExit(main())
