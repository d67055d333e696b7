"""The inputs of the four programs: stored releases, register rows and a plan of what to read from where."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq

from benchmarks.rebuild.stored import RELEASES
from steward.analysis.indicators.catalogue import ReleaseShape, read_indicators, school_uses, series_uses
from steward.analysis.indicators.numbered import with_authorities
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.rebuild.kitchen import StoredRelease
from steward.analysis.rebuild.whole import rebuild
from steward.analysis.sources import reading, recognition
from steward.analysis.sources.catalogue import read_sources
from steward.analysis.sources.definition import Holds, SourceDefinition
from steward.regimes.frameworks import read_frameworks
from steward.vocabulary.values import PUBLISHED_MARKS

PLAN = "plan.json"
ESTABLISHMENTS = "establishments.parquet"
_FOUND = "authority found beforehand"
_USED = (Holds.RESULTS, Holds.SERIES)


@dataclass(frozen=True, slots=True)
class Taken:
    """A published file as it went into the store."""

    release: StoredRelease
    columns: frozenset[str]
    keys: dict[str, str]


def prepare(published: Path, *, into: Path) -> int:
    """Write the inputs into `into` from the folder of published files; return how many feed figures."""
    into.mkdir(parents=True, exist_ok=True)
    sources = read_sources()
    taken = list(_taken(published, sources=sources, into=into))
    registers = [one.release for one in taken if sources[one.release.source].holds is Holds.REGISTER]
    rebuild(
        ibis.duckdb.connect(),
        releases=registers,
        sources=sources,
        indicators={},
        frameworks=read_frameworks(),
        into=into,
    )
    register = ibis.memtable(pq.read_table(into / ESTABLISHMENTS))
    feeding = [
        _completed(one, register=register) for one in taken if sources[one.release.source].holds in _USED
    ]
    (into / RELEASES).write_text(json.dumps([_written(one.release) for one in feeding]), encoding="utf-8")
    (into / PLAN).write_text(json.dumps(_plan(feeding)), encoding="utf-8")
    return len(feeding)


def _completed(taken: Taken, *, register: ibis.Table) -> Taken:
    """Write the code of each authority row that prints none into the file, for those who do not find it."""
    release = taken.release
    opened = OpenRelease(
        release.id,
        ibis.memtable(pq.read_table(release.parquet)),
        release.source,
        release.layout,
        release.period,
        release.version,
    )
    complete = with_authorities(opened, establishments=register)
    if complete is opened:
        return taken
    found = complete.layout.keys["authority"]
    table = ibis.duckdb.connect().to_pyarrow(complete.raw.order_by("row").rename({_FOUND: found}))
    pq.write_table(table, release.parquet, compression="zstd", row_group_size=50_000)
    return replace(taken, keys={**complete.layout.keys, "authority": _FOUND})


def _taken(published: Path, *, sources: dict[str, SourceDefinition], into: Path) -> Iterator[Taken]:
    for path in sorted(path for path in published.rglob("*") if path.is_file()):
        try:
            peek = reading.peek(path)
            found = recognition.recognise(peek, sources=sources)
        except (reading.UnreadableFile, recognition.NotRecognised):
            continue
        wanted = found.source.holds in (*_USED, Holds.REGISTER)
        if not wanted or (found.source.holds is Holds.RESULTS and "urn" not in found.layout.keys):
            continue
        table = reading.read(peek, layout=found.layout).table
        name = str(path.relative_to(published)).replace("/", "-").split(".")[0]
        pq.write_table(table, into / f"{name}.parquet", compression="zstd", row_group_size=50_000)
        yield Taken(_stored(name, found=found, into=into), frozenset(table.column_names), found.layout.keys)


def _stored(name: str, *, found: recognition.Recognised, into: Path) -> StoredRelease:
    side_by_side = found.layout.period.place == "columns"
    return StoredRelease(
        id=name,
        source=found.source.id,
        layout=found.layout,
        period=None if side_by_side or found.period is None else found.period.ends,
        as_at=found.as_at or date(2000, 1, 1),
        version=found.version,
        parquet=into / f"{name}.parquet",
    )


def _written(release: StoredRelease) -> dict[str, Any]:
    return {
        "id": release.id,
        "source": release.source,
        "layout": release.layout.id,
        "period": release.period,
        "version": release.version,
        "parquet": release.parquet.name,
    }


def _plan(taken: list[Taken]) -> dict[str, Any]:
    indicators = read_indicators()
    sheets, series = [], []
    for one in taken:
        release = one.release
        shape = ReleaseShape(release.source, release.layout, release.period, one.columns)
        by_period: dict[int, list[dict[str, Any]]] = {}
        for use in school_uses(shape, indicators=indicators):
            way = use.reading
            by_period.setdefault(use.period, []).append(
                {
                    "indicator": use.indicator.id,
                    "mark": way.numerator or way.value,
                    "part": way.denominator,
                    "cohort": list(way.cohort_columns),
                    "times": way.times,
                }
            )
        sheets += [{**_placed(one), "period": period, "reads": reads} for period, reads in by_period.items()]
        codes = [
            {
                "code": use.reading.series,
                "indicator": use.indicator.id,
                "phase": use.reading.area_phase,
                "from": use.reading.from_year,
                "to": use.reading.to_year,
            }
            for use in series_uses(shape, indicators=indicators)
        ]
        if codes:
            series.append({**_placed(one), "fields": release.layout.fields, "codes": codes})
    return {
        "sheets": sheets,
        "series": series,
        "marks": {mark: reason.value for mark, reason in PUBLISHED_MARKS.items()},
        "indicators": {
            name: {"area": one.area, "phases": [phase.value for phase in one.phases]}
            for name, one in indicators.items()
        },
    }


def _placed(one: Taken) -> dict[str, Any]:
    release = one.release
    return {
        "parquet": release.parquet.name,
        "release": release.id,
        "version": release.version,
        "keys": one.keys,
        "levels": None if release.layout.levels is None else release.layout.levels.model_dump(),
    }


if __name__ == "__main__":
    print(prepare(Path(sys.argv[1]), into=Path(sys.argv[2])))
