"""The national rebuild by Steward itself."""

import sys
from pathlib import Path

import ibis

from benchmarks.rebuild.stored import read_releases
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.rebuild.whole import rebuild_figures
from steward.analysis.sources.catalogue import read_sources


def main() -> None:
    """Read the inputs in the first folder and write the tables into the second."""
    inputs, into = Path(sys.argv[1]), Path(sys.argv[2])
    sources = read_sources()
    rebuild_figures(
        ibis.duckdb.connect(autoinstall_known_extensions=False),
        releases=read_releases(inputs, sources=sources),
        establishments=inputs / "establishments.parquet",
        sources=sources,
        indicators=read_indicators(),
        into=into,
    )


if __name__ == "__main__":
    main()
