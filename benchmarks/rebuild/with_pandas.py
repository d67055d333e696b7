"""The national rebuild in pandas."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

NUMBER = r"-?£?-?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)? *%?"
VERSIONS = {"derived": 0, "early": 1, "provisional": 2, "revised": 3, "final": 4}
COUNTED = ["nursery", "primary", "secondary", "all_through", "special", "post_16"]
FIGURE = ["release", "version", "indicator", "period"]
VALUE_COLUMNS = [
    "urn", "indicator", "period", "value", "status", "mark", "cohort", "version", "preferred", "release",
    "row",
]  # fmt: skip
AREA_COLUMNS = [
    "level", "area", "phase", "indicator", "period", "value", "status", "mark", "cohort", "basis",
    "schools", "roll_share", "version", "preferred", "release", "row",
]  # fmt: skip
SUMS = [
    "expected", "schools", "weighed", "enrolled", "total", "weight", "weighted", "cohort_sum", "pupils",
    "by_roll", "covered",
]  # fmt: skip


def main() -> None:
    """Read the inputs in the first folder and write the tables into the second."""
    inputs, into = Path(sys.argv[1]), Path(sys.argv[2])
    plan = json.loads((inputs / "plan.json").read_text(encoding="utf-8"))
    figures = pd.concat(
        [_sheet(sheet, inputs=inputs, marks=plan["marks"]) for sheet in plan["sheets"]], ignore_index=True
    )
    schools = figures[figures["level"] == "school"].astype({"urn": "int64"})
    _write_values(schools, into=into)
    published = figures[figures["level"] != "school"].assign(basis="published")
    series = [_series(one, inputs=inputs, marks=plan["marks"]) for one in plan["series"]]
    places = _places(inputs, schools=schools)
    worked = _computed(schools, places=places, indicators=plan["indicators"])
    _write_areas(pd.concat([published, *series, worked], ignore_index=True), into=into)


def _num(column: pd.Series) -> pd.Series:
    printed = column.str.strip()
    matches = printed.str.fullmatch(NUMBER).fillna(value=False).astype(bool)
    digits = printed.where(matches).str.replace("[%£, ]", "", regex=True)
    return pd.to_numeric(digits).astype("float64")


def _status(column: pd.Series, *, number: pd.Series, marks: dict[str, str]) -> pd.Series:
    reasons = column.fillna("").str.strip().str.upper().map(marks).fillna("unreadable")
    return reasons.where(number.isna(), "known")


def _shown(column: pd.Series) -> pd.Series:
    printed = column.fillna("").str.strip()
    return printed.where(printed != "", "blank")


def _sheet(sheet: dict[str, Any], *, inputs: Path, marks: dict[str, str]) -> pd.DataFrame:
    keys, levels = sheet["keys"], sheet["levels"] or {}
    used = {read[name] for read in sheet["reads"] for name in ("mark", "part")}
    used |= {name for read in sheet["reads"] for name in read["cohort"]}
    used |= {keys["urn"], keys.get("authority"), keys.get("region"), "row"}
    used |= {levels.get("column"), levels.get("phase_column")}
    rows = pd.read_parquet(inputs / sheet["parquet"], columns=sorted(used - {"", None}))
    urn = rows[keys["urn"]].str.strip()
    urn = urn.where(urn.str.fullmatch("[1-9][0-9]{4,6}").fillna(value=False).astype(bool))
    level = _level(rows, sheet=sheet)
    area = _area(rows, sheet=sheet, level=level)
    chosen = ((level == "school") & urn.notna()) | ((level != "school") & level.notna() & area.notna())
    placed = pd.DataFrame(
        {
            "urn": pd.to_numeric(urn),
            "level": level,
            "area": area,
            "phase": _phase(rows, sheet=sheet),
            "row": rows["row"],
        }
    )[chosen]
    rows = rows[chosen]
    return pd.concat(
        [_figure(rows, placed=placed, read=read, sheet=sheet, marks=marks) for read in sheet["reads"]]
    )


def _figure(
    rows: pd.DataFrame,
    *,
    placed: pd.DataFrame,
    read: dict[str, Any],
    sheet: dict[str, Any],
    marks: dict[str, str],
) -> pd.DataFrame:
    mark = rows[read["mark"]]
    number = _num(mark)
    cohort = pd.Series(np.nan, index=rows.index)
    if read["cohort"]:
        first, *others = (_num(rows[name]) for name in read["cohort"])
        cohort = sum(others, first)
    status = _status(mark, number=number, marks=marks)
    value, weight, printed = number * read["times"], cohort, mark
    if read["part"]:
        part = rows[read["part"]]
        weight = _num(part)
        value = number / weight.replace(0, np.nan) * read["times"]
        missing = _status(part, number=weight, marks=marks)
        status = status.where(status != "known", missing)
        status = status.mask((status == "known") & (weight == 0), "not_applicable")
        printed = _shown(mark) + " / " + _shown(part)
    return placed.assign(
        indicator=read["indicator"],
        period=sheet["period"],
        value=value,
        status=status,
        mark=printed,
        cohort=cohort,
        weight=weight,
        version=sheet["version"],
        release=sheet["release"],
    )


def _level(rows: pd.DataFrame, *, sheet: dict[str, Any]) -> pd.Series:
    levels = sheet["levels"]
    if levels is None:
        return pd.Series("school", index=rows.index)
    printed = rows[levels["column"]].fillna("").str.strip()
    others, mapping = None, {}
    for level in ("school", "authority", "region", "england"):
        mapping |= dict.fromkeys((one for one in levels[level] if one != "*"), level)
        others = level if "*" in levels[level] else others
    found = printed.map(mapping)
    return found.fillna(others) if others else found


def _area(rows: pd.DataFrame, *, sheet: dict[str, Any], level: pd.Series) -> pd.Series:
    keys = sheet["keys"]
    area = pd.Series(None, index=rows.index, dtype="str")
    if "authority" in keys:
        printed = rows[keys["authority"]].str.strip()
        area = printed.where(printed.str.fullmatch("[0-9]{3}").fillna(value=False).astype(bool))
    if "region" in keys:
        area = area.mask(level == "region", rows[keys["region"]].str.strip())
    return area.mask(level == "england", "england")


def _phase(rows: pd.DataFrame, *, sheet: dict[str, Any]) -> pd.Series:
    levels = sheet["levels"]
    if levels is None or not levels["phase_column"]:
        return pd.Series("all", index=rows.index)
    printed = rows[levels["phase_column"]].fillna("").str.strip()
    return printed.map({"": "all", **levels["phases"]}).fillna("unknown")


def _prefer(frame: pd.DataFrame, *, keys: list[str], order: list[str], ascending: list[bool]) -> pd.DataFrame:
    ranked = frame.sort_values(order, ascending=ascending, kind="stable")
    ranked["preferred"] = ~ranked.duplicated(keys, keep="first")
    return ranked


def _write_values(schools: pd.DataFrame, *, into: Path) -> None:
    keys = ["urn", "indicator", "period"]
    marked = schools.assign(
        _rank=schools["version"].map(VERSIONS),
        _known=schools["status"] == "known",
        _first=~schools.sort_values("row").duplicated([*keys, "release"], keep="first").sort_index(),
    )
    marked = _prefer(
        marked,
        keys=keys,
        order=["_rank", "_first", "_known", "release", "row"],
        ascending=[False, False, False, False, True],
    )
    carried = marked.groupby(keys)["cohort"].transform("first")
    marked["cohort"] = marked["cohort"].mask(marked["preferred"], carried)
    marked.sort_values(keys)[VALUE_COLUMNS].to_parquet(
        into / "values.parquet", index=False, compression="zstd", row_group_size=20480
    )


def _series(one: dict[str, Any], *, inputs: Path, marks: dict[str, str]) -> pd.DataFrame:
    fields, keys = one["fields"], one["keys"]
    rows = pd.read_parquet(
        inputs / one["parquet"],
        columns=[
            fields["measure"],
            fields["period"],
            fields["value"],
            keys["authority"],
            keys["region"],
            "row",
        ],
    )
    codes = pd.DataFrame(one["codes"])
    rows = rows.assign(code=rows[fields["measure"]].str.strip()).merge(codes, on="code")
    text = rows[fields["period"]].str.strip()
    year = pd.to_numeric(text.str[:4], errors="coerce")
    single = text.str.fullmatch(r"20[0-9]{2}( \((Rev|Final|prov)\))?").fillna(value=False).astype(bool)
    double = text.str.fullmatch("20[0-9]{2}/[0-9]{2}").fillna(value=False).astype(bool)
    version = pd.Series(one["version"], index=rows.index)
    for ending, name in (("(Rev)", "revised"), ("(prov)", "provisional"), ("(Final)", "final")):
        version = version.mask(text.str.endswith(ending).fillna(value=False).astype(bool), name)
    number = _num(rows[fields["value"]])
    level = _level(rows, sheet=one)
    found = pd.DataFrame(
        {
            "level": level,
            "area": _area(rows, sheet=one, level=level),
            "phase": rows["phase"],
            "indicator": rows["indicator"],
            "period": year.where(single).fillna((year + 1).where(double)),
            "value": number,
            "status": _status(rows[fields["value"]], number=number, marks=marks),
            "mark": rows[fields["value"]],
            "basis": "published",
            "version": version,
            "release": one["release"],
            "row": rows["row"],
        }
    )
    kept = found["period"].between(rows["from"], rows["to"]) & found["level"].notna() & found["area"].notna()
    return found[kept]


def _year_of(day: pd.Series) -> pd.Series:
    dates = pd.to_datetime(day)
    return dates.dt.year + (dates.dt.month >= 9)


def _places(inputs: Path, *, schools: pd.DataFrame) -> pd.DataFrame:
    listed = pd.read_parquet(inputs / "establishments.parquet")
    listed = listed[listed["as_at"].notna() & listed["urn"].notna()].astype({"urn": "int64"})
    listed["listed_in"] = _year_of(listed["as_at"])
    regions = listed[listed["region"].fillna("") != ""].groupby("authority", as_index=False)["region"].max()
    yearly = listed.sort_values(["as_at", "release", "row"], ascending=[False, True, True]).drop_duplicates(
        ["urn", "listed_in"]
    )
    spans = yearly.sort_values(["urn", "listed_in"])
    by_school = spans.groupby("urn")["listed_in"]
    earlier, later = by_school.shift(1), by_school.shift(-1)
    opened = _year_of(spans["opened_on"]).where(spans["opened_on"].notna(), 0)
    closed = _year_of(spans["closed_on"]).where(spans["closed_on"].notna(), 9999)
    spans = spans.assign(
        since=np.maximum(spans["listed_in"].where(earlier.notna(), 0), opened),
        until=np.minimum((later - 1).fillna(9999), closed),
    )
    stays = spans[
        spans["governance"].isin(["maintained", "academy"])
        & spans["phase"].isin(COUNTED)
        & (spans["standing"] != "proposed")
    ][["urn", "authority", "phase", "since", "until"]]
    known = schools[(schools["indicator"] == "roll") & (schools["status"] == "known")]
    rolls = known.groupby(["urn", "period"], as_index=False)["value"].max().sort_values(["urn", "period"])
    before, after = rolls.groupby("urn")["period"].shift(1), rolls.groupby("urn")["period"].shift(-1)
    rolls = pd.DataFrame(
        {
            "urn": rolls["urn"],
            "pupils": rolls["value"],
            "since": ((before + rolls["period"]) // 2 + 1).fillna(0),
            "until": ((rolls["period"] + after) // 2).fillna(9999),
        }
    )
    periods = pd.DataFrame({"period": schools["period"].unique()})
    placed = stays.merge(periods, how="cross")
    placed = placed[placed["period"].between(placed["since"], placed["until"])]
    near = placed[["urn", "period"]].merge(rolls, on="urn")
    near = near[near["period"].between(near["since"], near["until"])][["urn", "period", "pupils"]]
    placed = placed.drop(columns=["since", "until"]).merge(regions, on="authority", how="left")
    return placed.merge(near, on=["urn", "period"], how="left")


def _computed(schools: pd.DataFrame, *, places: pd.DataFrame, indicators: dict[str, Any]) -> pd.DataFrame:
    rules = pd.DataFrame(
        [
            {"indicator": name, "kind": one["area"], "phase": phase}
            for name, one in indicators.items()
            if one["area"] != "none"
            for phase in one["phases"]
        ]
    )
    known = schools.loc[schools["status"] == "known", [*FIGURE, "urn", "value", "cohort", "weight"]].merge(
        places[["urn", "period", "authority", "phase", "pupils"]], on=["urn", "period"]
    )
    known = known.merge(rules, on=["indicator", "phase"])
    weight, pupils = known["weight"].fillna(0.0), known["pupils"].fillna(0.0)
    known = known.assign(
        schools=1.0,
        weighed=(weight > 0).astype("float64"),
        enrolled=(pupils > 0).astype("float64"),
        total=known["value"],
        weight=weight,
        weighted=known["value"] * weight,
        cohort_sum=known["cohort"].fillna(0.0),
        pupils=pupils,
        by_roll=known["value"] * pupils,
        covered=pupils.where(weight > 0, 0.0),
    )
    sums = known.groupby([*FIGURE, "kind", "authority", "phase"], as_index=False)[SUMS[1:]].sum()
    given = sums.groupby([*FIGURE, "kind"], as_index=False)["weight"].sum()
    given = given.assign(by_cohort=given["weight"] > 0).drop(columns="weight")
    expected = places.groupby(["authority", "region", "phase", "period"], as_index=False, dropna=False)[
        "pupils"
    ].sum()
    base = expected.rename(columns={"pupils": "expected"}).merge(given, on="period")
    base = base.merge(rules, on=["indicator", "kind", "phase"])
    base = base.merge(sums, on=[*FIGURE, "kind", "authority", "phase"], how="left")
    return pd.concat(
        [
            _at(base, level=level, every_phase=every)
            for level in ("authority", "region", "england")
            for every in (False, True)
        ]
    )


def _at(base: pd.DataFrame, *, level: str, every_phase: bool) -> pd.DataFrame:
    placed = base.assign(area="england" if level == "england" else base[level])
    if every_phase:
        placed = placed.assign(phase="all")
    keys = [*FIGURE, "kind", "by_cohort", "area", "phase"]
    added = placed[placed["area"].notna()].groupby(keys, as_index=False)[SUMS].sum()
    is_sum, by_cohort = added["kind"] == "sum", added["by_cohort"]
    value = (added["weighted"] / added["weight"].replace(0, np.nan)).where(
        by_cohort, added["by_roll"] / added["pupils"].replace(0, np.nan)
    )
    figures = added[[*FIGURE, "area", "phase"]].assign(
        level=level,
        value=value.mask(is_sum, added["total"]),
        status="known",
        mark=np.where(~is_sum & ~by_cohort, "weighted by pupils on roll", None),
        cohort=added["cohort_sum"].where(by_cohort & (added["cohort_sum"] > 0), added["pupils"]),
        basis="computed",
        schools=added["weighed"].where(by_cohort, added["enrolled"]).mask(is_sum, added["schools"]),
        roll_share=100.0
        * added["covered"].where(by_cohort & ~is_sum, added["pupils"])
        / added["expected"].replace(0, np.nan),
    )
    least = 50.0 if level == "authority" else 75.0
    return figures[figures["value"].notna() & (figures["schools"] > 0) & (figures["roll_share"] >= least)]


def _write_areas(areas: pd.DataFrame, *, into: Path) -> None:
    published, blank = areas["basis"] == "published", areas["status"] == "not_recorded"
    place = np.select([published & ~blank, ~published & areas["mark"].isna(), ~published], [0, 1, 2], 3)
    marked = areas.assign(
        _place=place,
        _share=areas["roll_share"].where(~published, 0.0),
        _rank=areas["version"].map(VERSIONS),
        _known=areas["status"] == "known",
    )
    marked = _prefer(
        marked,
        keys=["level", "area", "phase", "indicator", "period"],
        order=["_place", "_share", "_rank", "_known", "release", "row"],
        ascending=[True, False, False, False, False, True],
    )
    ordered = marked.sort_values(["level", "area", "indicator", "phase", "period"])[AREA_COLUMNS]
    ordered.astype({"period": "int64", "schools": "Int64", "row": "Int64"}).to_parquet(
        into / "areas.parquet", index=False, compression="zstd", row_group_size=20480
    )


if __name__ == "__main__":
    main()
