"""The cube as one query written by hand, with GROUPING SETS."""

from pathlib import Path

import duckdb

from benchmarks.pupils.problem import ALL, EXPECTED, GROUPS, OUTCOME, PUPILS, SLOTS, SPREADS, UNKNOWN, timed


def solve(inputs: Path, into: Path) -> None:
    """Write the cube of the pupils in `inputs` into the folder `into`."""
    columns = ", ".join(GROUPS)
    sets = ", ".join(["(urn, period)", *(f"(urn, period, {name})" for name in GROUPS)])
    named = " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in GROUPS)
    members = " ".join(f"WHEN grouping({name}) = 0 THEN coalesce({name}, '{UNKNOWN}')" for name in GROUPS)
    duckdb.connect().execute(
        f"""
        COPY (
          WITH scored AS (
            SELECT p.urn, p.period, {columns},
              greatest((({" + ".join(SLOTS)}) - e.expected) / 10, coalesce(e.least, -1e9)) AS score
            FROM '{inputs / PUPILS}' p
            JOIN '{inputs / EXPECTED}' e
              ON e.period = p.period AND e.halves = CAST(ceil(p.prior_attainment * 2) AS BIGINT)
          ), cells AS (
            SELECT urn, period, CASE {named} ELSE '{ALL}' END AS dimension,
              CASE {members} ELSE '{ALL}' END AS member, count(score) AS pupils, avg(score) AS score,
              stddev_samp(score) AS deviation
            FROM scored GROUP BY GROUPING SETS ({sets})
          )
          SELECT cells.*, score - reach / sqrt(pupils) AS lower, score + reach / sqrt(pupils) AS upper
          FROM cells JOIN '{inputs / SPREADS}' USING (period) WHERE pupils > 0
        ) TO '{into / OUTCOME}' (FORMAT parquet)
        """
    )


if __name__ == "__main__":
    timed(solve)
