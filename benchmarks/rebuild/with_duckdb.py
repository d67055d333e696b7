"""The national rebuild in SQL written by hand for DuckDB."""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

NUMBER = r"^-?£?-?([0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)? *%?$"
RANK = """CASE version WHEN 'final' THEN 4 WHEN 'revised' THEN 3 WHEN 'provisional' THEN 2
  WHEN 'early' THEN 1 ELSE 0 END"""
COUNTED = "('nursery', 'primary', 'secondary', 'all_through', 'special', 'post_16')"


def main() -> None:
    """Read the inputs in the first folder and write the tables into the second."""
    inputs, into = Path(sys.argv[1]), Path(sys.argv[2])
    plan = json.loads((inputs / "plan.json").read_text(encoding="utf-8"))
    base = duckdb.connect()
    base.execute(_macros(plan["marks"]))
    printed = " UNION ALL ".join(_sheet(sheet, inputs=inputs) for sheet in plan["sheets"])
    base.execute(FIGURES.format(printed=printed))
    base.execute(VALUES.format(into=into, rank=RANK))
    series = " UNION ALL ".join(_series(one, inputs=inputs) for one in plan["series"])
    base.execute(PLACES.format(inputs=inputs, counted=COUNTED))
    base.execute(_rules(plan["indicators"]))
    base.execute(SUMS)
    base.execute(AREAS.format(into=into, rank=RANK, series=series or PUBLISHED_NONE))


def _macros(marks: dict[str, str]) -> str:
    reasons = " ".join(f"WHEN '{mark}' THEN '{reason}'" for mark, reason in marks.items())
    return f"""
    CREATE MACRO num(t) AS CASE WHEN regexp_matches(trim(t), '{NUMBER}')
      THEN CAST(regexp_replace(trim(t), '[%£, ]', '', 'g') AS DOUBLE) END;
    CREATE MACRO reason(t) AS CASE upper(trim(coalesce(t, ''))) {reasons} ELSE 'unreadable' END;
    CREATE MACRO shown(t) AS CASE WHEN trim(coalesce(t, '')) = '' THEN 'blank' ELSE trim(t) END;
    CREATE MACRO year_of(d) AS year(d) + CASE WHEN month(d) >= 9 THEN 1 ELSE 0 END;
    """


def _sheet(sheet: dict[str, Any], *, inputs: Path) -> str:
    cells = ", ".join(
        f"{{'indicator': '{read['indicator']}', 'mark': {_quoted(read['mark'])}, "
        f"'part': {_quoted(read['part'])}, 'divided': {bool(read['part'])}, "
        f"'people': {_added(read['cohort'])}, 'times': {float(read['times'])}::DOUBLE}}"
        for read in sheet["reads"]
    )
    used = {read[name] for read in sheet["reads"] for name in ("mark", "part")} - {""}
    used |= {name for read in sheet["reads"] for name in read["cohort"]}
    columns = ", ".join(_quoted(name) for name in sorted(used))
    urn = f"trim({_quoted(sheet['keys']['urn'])})"
    return f"""
    SELECT _urn AS urn, _level AS level, _area AS area, _phase AS phase, "row",
      '{sheet["release"]}' AS release, '{sheet["version"]}' AS version, {sheet["period"]}::BIGINT AS period,
      unnest([{cells}], recursive := true)
    FROM (SELECT {columns}, "row", {_level(sheet)} AS _level, {_area(sheet)} AS _area,
        {_phase(sheet)} AS _phase,
        CASE WHEN regexp_matches({urn}, '^[1-9][0-9]{{4,6}}$') THEN {urn}::BIGINT END AS _urn
      FROM '{inputs / sheet["parquet"]}')
    WHERE (_level = 'school' AND _urn IS NOT NULL) OR (_level <> 'school' AND _area IS NOT NULL)"""


def _added(columns: list[str]) -> str:
    return " + ".join(f"num({_quoted(name)})" for name in columns) or "NULL::DOUBLE"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"' if column else "NULL::VARCHAR"


def _level(sheet: dict[str, Any]) -> str:
    levels = sheet["levels"]
    if levels is None:
        return "'school'"
    column = f"trim(coalesce({_quoted(levels['column'])}, ''))"
    whens, others = "", "NULL"
    for level in ("england", "region", "authority", "school"):
        listed = [one for one in levels[level] if one != "*"]
        if listed:
            whens += f" WHEN {column} IN ({', '.join(map(repr, listed))}) THEN '{level}'"
        if "*" in levels[level]:
            others = f"'{level}'"
    return f"CASE{whens} ELSE {others} END"


def _area(sheet: dict[str, Any]) -> str:
    keys = sheet["keys"]
    authority = "NULL"
    if "authority" in keys:
        column = f"trim({_quoted(keys['authority'])})"
        authority = f"CASE WHEN regexp_matches({column}, '^[0-9]{{3}}$') THEN {column} END"
    region = f"trim({_quoted(keys['region'])})" if "region" in keys else "NULL"
    whens = f"WHEN 'england' THEN 'england' WHEN 'region' THEN {region}"
    return f"CASE {_level(sheet)} {whens} ELSE {authority} END"


def _phase(sheet: dict[str, Any]) -> str:
    levels = sheet["levels"]
    if levels is None or not levels["phase_column"]:
        return "'all'"
    column = f"trim(coalesce({_quoted(levels['phase_column'])}, ''))"
    whens = " ".join(f"WHEN '{mark}' THEN '{phase}'" for mark, phase in levels["phases"].items())
    return f"CASE {column} WHEN '' THEN 'all' {whens} ELSE 'unknown' END"


def _series(one: dict[str, Any], *, inputs: Path) -> str:
    fields = one["fields"]
    codes = ", ".join(
        f"('{code['code']}', '{code['indicator']}', '{code['phase']}', {code['from']}, {code['to']})"
        for code in one["codes"]
    )
    year = f"trim({_quoted(fields['period'])})"
    return f"""
    SELECT _level AS level, _area AS area, phase, indicator, _year AS period, num(mark) AS value,
      CASE WHEN num(mark) IS NULL THEN reason(mark) ELSE 'known' END AS status, mark,
      NULL::DOUBLE AS cohort, 'published' AS basis, NULL::BIGINT AS schools, NULL::DOUBLE AS roll_share,
      CASE WHEN _text LIKE '%(Rev)' THEN 'revised' WHEN _text LIKE '%(prov)' THEN 'provisional'
        WHEN _text LIKE '%(Final)' THEN 'final' ELSE '{one["version"]}' END AS version,
      '{one["release"]}' AS release, "row"
    FROM (SELECT trim({_quoted(fields["measure"])}) AS _code, {_quoted(fields["value"])} AS mark,
        {_level(one)} AS _level, {_area(one)} AS _area, "row", {year} AS _text,
        CASE WHEN regexp_matches({year}, '^20[0-9]{{2}}( \\((Rev|Final|prov)\\))?$')
               THEN left({year}, 4)::BIGINT
             WHEN regexp_matches({year}, '^20[0-9]{{2}}/[0-9]{{2}}$') THEN left({year}, 4)::BIGINT + 1
        END AS _year
      FROM '{inputs / one["parquet"]}')
    JOIN (VALUES {codes}) AS codes(_wanted, indicator, phase, first_year, last_year) ON _code = _wanted
    WHERE _level IS NOT NULL AND _area IS NOT NULL AND _year BETWEEN first_year AND last_year"""


def _rules(indicators: dict[str, dict[str, Any]]) -> str:
    rows = ", ".join(
        f"('{name}', '{one['area']}', {one['phases']})"
        for name, one in indicators.items()
        if one["area"] != "none"
    )
    return f"CREATE TABLE rules AS SELECT * FROM (VALUES {rows}) AS rules(indicator, kind, phases)"


FIGURES = """
CREATE TABLE figures AS
SELECT urn, level, area, phase, indicator, period, release, version, "row",
  CASE WHEN divided THEN number / nullif(whole, 0) * times ELSE number * times END AS value,
  CASE WHEN number IS NULL THEN reason(mark) WHEN NOT divided THEN 'known'
    WHEN whole IS NULL THEN reason(part) WHEN whole = 0 THEN 'not_applicable' ELSE 'known' END AS status,
  CASE WHEN divided THEN shown(mark) || ' / ' || shown(part) ELSE mark END AS mark,
  people AS cohort, CASE WHEN divided THEN whole ELSE people END AS weight
FROM (SELECT *, num(mark) AS number, num(part) AS whole FROM ({printed}))
"""

VALUES = """
COPY (
  SELECT urn, indicator, period, value, status, mark,
    CASE WHEN standing = 1 THEN arg_min(cohort, standing) OVER (PARTITION BY urn, indicator, period)
      ELSE cohort END AS cohort,
    version, standing = 1 AS preferred, release, "row"
  FROM (SELECT *, row_number() OVER (PARTITION BY urn, indicator, period ORDER BY {rank} DESC,
      CASE WHEN place = 1 THEN 0 ELSE 1 END, CASE WHEN status = 'known' THEN 0 ELSE 1 END,
      release DESC, "row") AS standing
    FROM (SELECT *, row_number() OVER (PARTITION BY urn, indicator, period, release ORDER BY "row") AS place
      FROM figures WHERE level = 'school'))
  ORDER BY urn, indicator, period
) TO '{into}/values.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)
"""

PLACES = """
CREATE TABLE places AS
WITH listed AS (SELECT *, year_of(as_at) AS listed_in FROM '{inputs}/establishments.parquet'
    WHERE as_at IS NOT NULL AND urn IS NOT NULL),
  regions AS (SELECT authority, max(region) AS region FROM listed WHERE region <> '' GROUP BY authority),
  yearly AS (SELECT * FROM listed QUALIFY
    row_number() OVER (PARTITION BY urn, listed_in ORDER BY as_at DESC, release, "row") = 1),
  spans AS (SELECT *, lag(listed_in) OVER w AS earlier, lead(listed_in) OVER w AS later FROM yearly
    WINDOW w AS (PARTITION BY urn ORDER BY listed_in)),
  stays AS (SELECT urn, authority, phase,
      greatest(CASE WHEN earlier IS NULL THEN 0 ELSE listed_in END, coalesce(year_of(opened_on), 0)) AS since,
      least(coalesce(later - 1, 9999), coalesce(year_of(closed_on), 9999)) AS until
    FROM spans WHERE governance IN ('maintained', 'academy') AND phase IN {counted}
      AND standing <> 'proposed'),
  rolls AS (SELECT urn, period, max(value) AS pupils FROM figures
    WHERE level = 'school' AND indicator = 'roll' AND status = 'known' GROUP BY urn, period),
  near AS (SELECT urn, pupils,
      coalesce((lag(period) OVER w + period) // 2 + 1, 0) AS since,
      coalesce((period + lead(period) OVER w) // 2, 9999) AS until
    FROM rolls WINDOW w AS (PARTITION BY urn ORDER BY period)),
  periods AS (SELECT DISTINCT period FROM figures WHERE level = 'school')
SELECT stays.urn, periods.period, authority, region, phase, pupils
FROM stays JOIN periods ON period BETWEEN stays.since AND stays.until
LEFT JOIN regions USING (authority)
LEFT JOIN near ON near.urn = stays.urn AND periods.period BETWEEN near.since AND near.until
"""

SUMS = """
CREATE TABLE base AS
WITH sums AS (
    SELECT release, version, indicator, kind, period, authority, places.phase, count(*) AS schools,
      count(*) FILTER (weight > 0) AS weighed, count(*) FILTER (pupils > 0) AS enrolled,
      sum(value) AS total, sum(coalesce(weight, 0)) AS weight,
      sum(value * coalesce(weight, 0)) AS weighted, sum(coalesce(cohort, 0)) AS cohort,
      sum(coalesce(pupils, 0)) AS pupils, sum(value * coalesce(pupils, 0)) AS by_roll,
      sum(CASE WHEN weight > 0 THEN coalesce(pupils, 0) ELSE 0 END) AS covered
    FROM figures JOIN rules USING (indicator) JOIN places USING (urn, period)
    WHERE level = 'school' AND status = 'known' AND list_contains(phases, places.phase)
    GROUP BY ALL),
  given AS (SELECT release, version, indicator, kind, period, sum(weight) > 0 AS by_cohort
    FROM sums GROUP BY ALL),
  expected AS (SELECT authority, region, phase, period, sum(pupils) AS expected FROM places GROUP BY ALL)
SELECT given.*, expected.authority, expected.region, expected.phase, expected,
  COLUMNS(sums.* EXCLUDE (release, version, indicator, kind, period, authority, phase))
FROM expected JOIN given USING (period) JOIN rules USING (indicator)
LEFT JOIN sums ON sums.release = given.release AND sums.version = given.version
  AND sums.indicator = given.indicator AND sums.period = given.period
  AND sums.authority = expected.authority AND sums.phase = expected.phase
WHERE list_contains(phases, expected.phase)
"""

PUBLISHED_NONE = "SELECT * FROM printed_areas WHERE false"

AREAS = """
COPY (
  WITH printed_areas AS (
      SELECT level, area, phase, indicator, period, value, status, mark, cohort, 'published' AS basis,
        NULL::BIGINT AS schools, NULL::DOUBLE AS roll_share, version, release, "row"
      FROM figures WHERE level <> 'school'),
    leveled AS (
      SELECT * EXCLUDE (authority, region, phase), lvl.level, ph.phase,
        CASE lvl.level WHEN 'england' THEN 'england' WHEN 'region' THEN region ELSE authority END AS area
      FROM base, (VALUES ('authority'), ('region'), ('england')) AS lvl(level),
        LATERAL (VALUES (base.phase), ('all')) AS ph(phase)),
    added AS (
      SELECT release, version, indicator, kind, period, by_cohort, level, area, phase,
        sum(expected) AS expected, sum(schools) AS schools, sum(weighed) AS weighed,
        sum(enrolled) AS enrolled, sum(total) AS total, sum(weight) AS weight,
        sum(weighted) AS weighted, sum(cohort) AS cohort, sum(pupils) AS pupils,
        sum(by_roll) AS by_roll, sum(covered) AS covered
      FROM leveled WHERE area IS NOT NULL GROUP BY ALL),
    computed AS (
      SELECT level, area, phase, indicator, period,
        CASE WHEN kind = 'sum' THEN total WHEN by_cohort THEN weighted / nullif(weight, 0)
          ELSE by_roll / nullif(pupils, 0) END AS value,
        'known' AS status,
        CASE WHEN kind <> 'sum' AND NOT by_cohort THEN 'weighted by pupils on roll' END AS mark,
        CASE WHEN by_cohort AND cohort > 0 THEN cohort ELSE pupils END AS cohort, 'computed' AS basis,
        CASE WHEN kind = 'sum' THEN schools WHEN by_cohort THEN weighed ELSE enrolled END::BIGINT AS schools,
        100.0 * CASE WHEN by_cohort AND kind <> 'sum' THEN covered ELSE pupils END
          / nullif(expected, 0) AS roll_share,
        version, release, NULL::BIGINT AS "row"
      FROM added),
    every AS (
      SELECT * FROM printed_areas UNION ALL {series}
      UNION ALL SELECT * FROM computed WHERE value IS NOT NULL AND schools > 0
        AND roll_share >= CASE level WHEN 'authority' THEN 50 ELSE 75 END)
  SELECT level, area, phase, indicator, period, value, status, mark, cohort, basis, schools, roll_share,
    version,
    row_number() OVER (PARTITION BY level, area, phase, indicator, period ORDER BY
      CASE WHEN basis = 'published' AND status <> 'not_recorded' THEN 0
        WHEN basis = 'computed' AND mark IS NULL THEN 1 WHEN basis = 'computed' THEN 2 ELSE 3 END,
      CASE WHEN basis = 'computed' THEN roll_share ELSE 0 END DESC,
      {rank} DESC, CASE WHEN status = 'known' THEN 0 ELSE 1 END, release DESC, "row") = 1 AS preferred,
    release, "row"
  FROM every ORDER BY level, area, indicator, phase, period
) TO '{into}/areas.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)
"""


if __name__ == "__main__":
    main()
