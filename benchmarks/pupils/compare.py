"""Run the four programs in turn and print medians, ratios and how cost grows."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from benchmarks.pupils.problem import OUTCOME, prepared

PROGRAMS = ("steward", "duckdb", "polars", "pandas")
YARDSTICK = "duckdb"
GOAL_ROWS = 9_000_000
DEFAULT_ROWS = [1_000_000, GOAL_ROWS]
_CHECKOUT = Path(__file__).parents[2]
KEPT = _CHECKOUT / "var" / "bench" / "pupils"
"""Where the pupils are kept between runs, below a folder that is not part of the project."""
_DISK_A_PUPIL, _MEMORY_A_PUPIL = 50, 400
"""Bytes; of memory pandas takes the most: 280 with 9 million pupils."""
_RUNS_OF_OTHERS = 2
_CLOSE = (
    "(nullif(a.{0}, 'nan') IS NOT DISTINCT FROM nullif(b.{0}, 'nan') "
    "OR abs(a.{0} - b.{0}) <= 1e-9 * greatest(1, abs(b.{0})))"
)


def main(arguments: list[str] | None = None) -> int:
    """Compare the programs; return 1 when their tables differ by more than 1e-9."""
    settings = _settings(arguments)
    unequal = 0
    medians: dict[int, Run] = {}
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        for rows in settings.rows:
            short = _what_is_short(rows)
            if short:
                print(f"{rows:,} pupils were not measured: {short}.")
                continue
            work = Path(folder, str(rows))
            work.mkdir()
            times = _times(prepared(KEPT, rows=rows), work=work, runs=settings.runs)
            medians[rows] = _report(times, rows=rows)
            unequal += sum(_differs(work, program) for program in PROGRAMS if program != YARDSTICK)
    _report_growth(medians)
    print("The four wrote the same tables." if not unequal else "They did not write the same tables.")
    return 1 if unequal else 0


def _settings(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pupils.compare", description=__doc__)
    parser.add_argument(
        "--rows", type=int, nargs="+", default=DEFAULT_ROWS, help="pupils; several sizes to see cost grow"
    )
    parser.add_argument("--runs", type=int, default=5, help="how often Steward and DuckDB run, in turn")
    return parser.parse_args(arguments)


def _what_is_short(rows: int) -> str:
    """Say which of disk and memory is short for so many pupils; nothing when both are enough."""
    for what, here, bytes_a_pupil in (
        ("disk", shutil.disk_usage(_CHECKOUT).free, _DISK_A_PUPIL),
        ("memory", _free_memory(), _MEMORY_A_PUPIL),
    ):
        if here < rows * bytes_a_pupil:
            return f"it takes {rows * bytes_a_pupil / 1e9:.1f} GB of {what}, and {here / 1e9:.1f} are free"
    return ""


def _free_memory() -> int:
    """Return the bytes of memory that can be had, or all there are where the system does not say."""
    told = Path("/proc/meminfo")
    if told.exists():
        lines = dict(line.split(":") for line in told.read_text().splitlines())
        return int(lines["MemAvailable"].split()[0]) * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Run:
    """What solving the problem took a program, once it had started, and the most memory of its process."""

    seconds: float
    processor_seconds: float
    peak_megabytes: float


def _times(inputs: Path, *, work: Path, runs: int) -> dict[str, list[Run]]:
    """Run the programs in turn, Steward and the yardstick in pairs and the others no more than twice."""
    found = defaultdict(list)
    for number in range(runs):
        for program in PROGRAMS:
            if number < _RUNS_OF_OTHERS or program in ("steward", YARDSTICK):
                found[program].append(_run(program, inputs=inputs, into=work / program))
    return found


def _run(program: str, *, inputs: Path, into: Path) -> Run:
    into.mkdir(exist_ok=True)
    command = [sys.executable, "-m", f"benchmarks.pupils.with_{program}", str(inputs), str(into)]
    path = os.pathsep.join([str(_CHECKOUT / "src"), str(_CHECKOUT)])
    environment = {**os.environ, "PYTHONPATH": path}
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=_CHECKOUT, env=environment, stdout=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"The program {program} failed; run it by hand: {' '.join(command)}")
        told.seek(0)
        seconds, processor_seconds = map(float, told.read().split())
    return Run(seconds, processor_seconds, usage.ru_maxrss / 1024)


def _report(times: dict[str, list[Run]], *, rows: int) -> Run:
    """Print a line for each program and return the medians of Steward."""
    found = {program: _median(runs) for program, runs in times.items()}
    print(f"{rows:,} pupils, eight groups, Progress 8 with number, spread and interval:")
    print(f"{'':10}{'seconds':>9}{'times DuckDB':>14}{'processor s':>13}{'times DuckDB':>14}{'peak MB':>9}")
    for program, one in found.items():
        taken, worked = _ratios(times[program], times[YARDSTICK])
        print(
            f"{program:10}{one.seconds:9.3f}{taken:14.2f}{one.processor_seconds:13.2f}{worked:14.2f}"
            f"{one.peak_megabytes:9.0f}"
        )
    taken, worked = _ratios(times["steward"], times[YARDSTICK])
    goal = "goal: at most 1.0" if rows == GOAL_ROWS else f"the goal of 1.0 is for {GOAL_ROWS:,} pupils"
    print(
        f"Steward takes {taken:.2f} times as long as DuckDB by hand, and {worked:.2f} times its processor "
        f"seconds ({goal}; median of {len(times['steward'])} pairs)."
    )
    return found["steward"]


def _median(runs: list[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor_seconds for run in runs),
        max(run.peak_megabytes for run in runs),
    )


def _ratios(runs: list[Run], yardstick: list[Run]) -> tuple[float, float]:
    """Return the medians of seconds, and of processor seconds, over those of the yardstick run next to it."""
    pairs = list(zip(runs, yardstick, strict=False))
    return (
        statistics.median(one.seconds / other.seconds for one, other in pairs),
        statistics.median(one.processor_seconds / other.processor_seconds for one, other in pairs),
    )


def _report_growth(medians: dict[int, Run]) -> None:
    for small, large in pairwise(sorted(medians)):
        taken = medians[large].seconds / medians[small].seconds
        worked = medians[large].processor_seconds / medians[small].processor_seconds
        print(
            f"{large / small:.1f} times the pupils take Steward {taken:.1f} times as long and {worked:.1f} "
            "times the processor seconds (goal: at most as many times as pupils)."
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
