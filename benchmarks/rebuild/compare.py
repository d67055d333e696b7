"""Run the four programs in turn, as whole processes, and print medians, peaks and ratios."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rebuild.equal import differences
from benchmarks.rebuild.prepare import prepare
from steward.sample import generate

PROGRAMS = ("steward", "duckdb", "polars", "pandas")
YARDSTICK = "duckdb"
_CHECKOUT = Path(__file__).parents[2]
_PUBLISHED = _CHECKOUT.parent / "shared" / "data" / "england"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took."""

    seconds: float
    processor_seconds: float
    peak_megabytes: float


def main() -> int:
    """Compare the programs on the published files or else the sample; return 1 when their tables differ."""
    settings = _settings()
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        work = Path(folder)
        published = settings.published if settings.published.is_dir() else _sample(work / "sample")
        releases = prepare(published, into=work / "inputs")
        print(f"{releases} releases from {published}; each program runs {settings.runs} times.")
        runs: dict[str, list[Run]] = defaultdict(list)
        for _ in range(settings.runs):
            for program in PROGRAMS:
                runs[program].append(_run(program, inputs=work / "inputs", into=work / program))
        _report(runs)
        return _check(work)


def _settings() -> argparse.Namespace:
    published = Path(os.environ.get("STEWARD_TEST_DATA", _PUBLISHED))
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rebuild.compare", description=__doc__)
    parser.add_argument("--published", type=Path, default=published, help="folder of published files")
    parser.add_argument("--runs", type=int, default=3, help="how often each program runs")
    return parser.parse_args()


def _sample(into: Path) -> Path:
    """Write the invented England, where no published files are at hand."""
    generate(into)
    return into


def _run(program: str, *, inputs: Path, into: Path) -> Run:
    """Run a program as a whole process, its start and its imports included."""
    into.mkdir(exist_ok=True)
    command = [sys.executable, "-m", f"benchmarks.rebuild.with_{program}", str(inputs), str(into)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=_CHECKOUT, env={**os.environ, "PYTHONPATH": _path()})
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The program {program} failed; run it by hand: {' '.join(command)}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _path() -> str:
    return os.pathsep.join([str(_CHECKOUT / "src"), str(_CHECKOUT)])


def _report(runs: dict[str, list[Run]]) -> None:
    medians = {program: statistics.median(run.seconds for run in of) for program, of in runs.items()}
    worked = {program: statistics.median(run.processor_seconds for run in of) for program, of in runs.items()}
    peaks = {program: max(run.peak_megabytes for run in of) for program, of in runs.items()}
    print(f"{'':10}{'seconds':>9}{'times DuckDB':>14}{'processor s':>13}{'times DuckDB':>14}{'peak MB':>9}")
    for program in PROGRAMS:
        print(
            f"{program:10}{medians[program]:9.2f}{medians[program] / medians[YARDSTICK]:14.2f}"
            f"{worked[program]:13.2f}{worked[program] / worked[YARDSTICK]:14.2f}{peaks[program]:9.0f}"
        )
    to_yardstick = medians["steward"] / medians[YARDSTICK]
    print(f"Steward takes {to_yardstick:.2f} times as long as DuckDB by hand (goal: at most 1.3).")
    faster = medians["pandas"] / medians["steward"]
    print(f"pandas takes {faster:.1f} times as long as Steward (goal: at least 10).")
    memory = peaks["steward"] / peaks["pandas"]
    print(f"Steward takes {memory:.2f} of the memory of pandas (goal: at most 0.5).")


def _check(work: Path) -> int:
    found = [
        sentence
        for program in PROGRAMS
        if program != YARDSTICK
        for sentence in differences(work / program, work / YARDSTICK)
    ]
    for sentence in found:
        print(sentence)
    print("The four wrote the same tables." if not found else "They did not write the same tables.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
