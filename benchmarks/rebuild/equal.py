"""Whether two programs wrote the same tables."""

from pathlib import Path

import duckdb

_SAME = "a.{0} IS NOT DISTINCT FROM b.{0}"
_CLOSE = "(a.{0} IS NOT DISTINCT FROM b.{0} OR abs(a.{0} - b.{0}) <= 1e-9 * greatest(1, abs(a.{0})))"
_TABLES = {
    "values.parquet": (
        ("urn", "indicator", "period", "release", "row"),
        ("status", "mark", "version", "preferred"),
        ("value", "cohort"),
    ),
    "areas.parquet": (
        ("level", "area", "phase", "indicator", "period", "basis", "release", "row", "version"),
        ("status", "mark", "schools", "preferred"),
        ("value", "cohort", "roll_share"),
    ),
}
"""By table: what tells rows apart, what must be the same, and what must be so close as to be the same."""


def differences(one: Path, other: Path) -> list[str]:
    """Return a sentence for each way in which the tables in two folders differ; none when they are equal."""
    base = duckdb.connect()
    found = []
    for name, (keys, same, close) in _TABLES.items():
        first, second = (f"'{folder / name}'" for folder in (one, other))
        match = " AND ".join(_SAME.format(key) for key in keys)
        equal = " AND ".join([*(_SAME.format(c) for c in same), *(_CLOSE.format(c) for c in close)])
        row = base.execute(
            f"""
            SELECT count(*) FILTER (a.period IS NULL), count(*) FILTER (b.period IS NULL),
              count(*) FILTER (a.period IS NOT NULL AND b.period IS NOT NULL AND NOT ({equal})), count(*)
            FROM {first} a FULL JOIN {second} b ON {match}
            """
        ).fetchone()
        assert row is not None
        only_second, only_first, unequal, rows = row
        if only_first or only_second or unequal:
            found.append(
                f"{name}: {only_first} rows only in {one.name}, {only_second} only in {other.name}, "
                f"{unequal} of {rows} unequal."
            )
    return found
