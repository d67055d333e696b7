"""The national rebuild in Polars."""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

NUMBER = r"^-?£?-?([0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)? *%?$"
VERSIONS = {"derived": 0, "early": 1, "provisional": 2, "revised": 3, "final": 4}
COUNTED = ["nursery", "primary", "secondary", "all_through", "special", "post_16"]
FIGURE = ["release", "version", "indicator", "period"]
AREA_COLUMNS = [
    "level", "area", "phase", "indicator", "period", "value", "status", "mark", "cohort", "basis",
    "schools", "roll_share", "version", "preferred", "release", "row",
]  # fmt: skip


def main() -> None:
    """Read the inputs in the first folder and write the tables into the second."""
    inputs, into = Path(sys.argv[1]), Path(sys.argv[2])
    plan = json.loads((inputs / "plan.json").read_text(encoding="utf-8"))
    figures = pl.concat(
        [_sheet(sheet, inputs=inputs, marks=plan["marks"]) for sheet in plan["sheets"]]
    ).collect()
    schools = figures.filter(pl.col("level") == "school")
    _write_values(schools, into=into)
    published = figures.filter(pl.col("level") != "school").select(
        *AREA_COLUMNS[:9],
        basis=pl.lit("published"),
        schools=pl.lit(None, pl.Int64),
        roll_share=pl.lit(None, pl.Float64),
        version="version",
        release="release",
        row="row",
    )
    series = [_series(one, inputs=inputs, marks=plan["marks"]).collect() for one in plan["series"]]
    places = _places(inputs, schools=schools)
    worked = _computed(schools, places=places, indicators=plan["indicators"])
    _write_areas(pl.concat([published, *series, worked]), into=into)


def _num(column: pl.Expr) -> pl.Expr:
    printed = column.str.strip_chars()
    digits = printed.str.replace_all("[%£, ]", "")
    return pl.when(printed.str.contains(NUMBER)).then(digits).cast(pl.Float64)


def _reason(column: pl.Expr, *, marks: dict[str, str]) -> pl.Expr:
    printed = column.fill_null("").str.strip_chars().str.to_uppercase()
    return printed.replace_strict(marks, default="unreadable", return_dtype=pl.String)


def _shown(column: pl.Expr) -> pl.Expr:
    printed = column.fill_null("").str.strip_chars()
    return pl.when(printed == "").then(pl.lit("blank")).otherwise(printed)


def _sheet(sheet: dict[str, Any], *, inputs: Path, marks: dict[str, str]) -> pl.LazyFrame:
    urn = pl.col(sheet["keys"]["urn"]).str.strip_chars()
    used = {read[name] for read in sheet["reads"] for name in ("mark", "part")} - {""}
    used |= {name for read in sheet["reads"] for name in read["cohort"]}
    rows = (
        pl.scan_parquet(inputs / sheet["parquet"])
        .select(
            *sorted(used),
            _row="row",
            _urn=pl.when(urn.str.contains("^[1-9][0-9]{4,6}$")).then(urn).cast(pl.Int64),
            _level=_level(sheet),
            _phase=_phase(sheet),
            _area=_area(sheet),
        )
        .filter(
            ((pl.col("_level") == "school") & pl.col("_urn").is_not_null())
            | ((pl.col("_level") != "school") & pl.col("_area").is_not_null())
        )
    )
    return pl.concat([_figure(rows, read=read, sheet=sheet, marks=marks) for read in sheet["reads"]])


def _figure(
    rows: pl.LazyFrame, *, read: dict[str, Any], sheet: dict[str, Any], marks: dict[str, str]
) -> pl.LazyFrame:
    mark = pl.col(read["mark"])
    number = _num(mark)
    counted = [_num(pl.col(name)) for name in read["cohort"]]
    cohort = sum(counted[1:], counted[0]) if counted else pl.lit(None, pl.Float64)
    value, weight, printed = number * read["times"], cohort, mark
    status = pl.when(number.is_not_null()).then(pl.lit("known")).otherwise(_reason(mark, marks=marks))
    if read["part"]:
        part = pl.col(read["part"])
        weight = _num(part)
        value = number / pl.when(weight != 0).then(weight) * read["times"]
        status = (
            pl.when(number.is_null())
            .then(_reason(mark, marks=marks))
            .when(weight.is_null())
            .then(_reason(part, marks=marks))
            .when(weight == 0)
            .then(pl.lit("not_applicable"))
            .otherwise(pl.lit("known"))
        )
        printed = _shown(mark) + " / " + _shown(part)
    return rows.select(
        urn="_urn",
        level="_level",
        area="_area",
        phase="_phase",
        indicator=pl.lit(read["indicator"]),
        period=pl.lit(sheet["period"], pl.Int64),
        value=value,
        status=status,
        mark=printed,
        cohort=cohort,
        weight=weight,
        version=pl.lit(sheet["version"]),
        release=pl.lit(sheet["release"]),
        row="_row",
    )


def _level(sheet: dict[str, Any]) -> pl.Expr:
    levels = sheet["levels"]
    if levels is None:
        return pl.lit("school")
    printed = pl.col(levels["column"]).fill_null("").str.strip_chars()
    others, mapping = None, {}
    for level in ("school", "authority", "region", "england"):
        mapping |= dict.fromkeys((one for one in levels[level] if one != "*"), level)
        others = level if "*" in levels[level] else others
    return printed.replace_strict(mapping, default=others, return_dtype=pl.String)


def _area(sheet: dict[str, Any]) -> pl.Expr:
    keys, level = sheet["keys"], _level(sheet)
    authority, region = pl.lit(None, pl.String), pl.lit(None, pl.String)
    if "authority" in keys:
        printed = pl.col(keys["authority"]).str.strip_chars()
        authority = pl.when(printed.str.contains("^[0-9]{3}$")).then(printed)
    if "region" in keys:
        region = pl.col(keys["region"]).str.strip_chars()
    return (
        pl.when(level == "england")
        .then(pl.lit("england"))
        .when(level == "region")
        .then(region)
        .otherwise(authority)
    )


def _phase(sheet: dict[str, Any]) -> pl.Expr:
    levels = sheet["levels"]
    if levels is None or not levels["phase_column"]:
        return pl.lit("all")
    printed = pl.col(levels["phase_column"]).fill_null("").str.strip_chars()
    return printed.replace_strict({"": "all", **levels["phases"]}, default="unknown", return_dtype=pl.String)


def _rank() -> pl.Expr:
    return pl.col("version").replace_strict(VERSIONS, default=0, return_dtype=pl.Int8)


def _first(keys: list[str], *, order: list[str], descending: list[bool], frame: pl.DataFrame) -> pl.DataFrame:
    """Mark with `preferred` the first row by `order` of each group of `keys`."""
    ranked = frame.sort(order, descending=descending, nulls_last=True, maintain_order=True)
    return ranked.with_columns(preferred=pl.int_range(pl.len()).over(keys) == 0)


def _write_values(schools: pl.DataFrame, *, into: Path) -> None:
    keys = ["urn", "indicator", "period"]
    marked = schools.with_columns(
        _rank=_rank(),
        _known=pl.col("status") == "known",
        _first=pl.col("row") == pl.col("row").min().over([*keys, "release"]),
    )
    marked = _first(
        keys,
        order=["_rank", "_first", "_known", "release", "row"],
        descending=[True, True, True, True, False],
        frame=marked,
    )
    carried = pl.col("cohort").drop_nulls().first().over(keys)
    shown = marked.with_columns(cohort=pl.when("preferred").then(carried).otherwise("cohort"))
    shown.sort(keys).select(
        *keys, "value", "status", "mark", "cohort", "version", "preferred", "release", "row"
    ).write_parquet(into / "values.parquet", compression="zstd", row_group_size=20480)


def _series(one: dict[str, Any], *, inputs: Path, marks: dict[str, str]) -> pl.LazyFrame:
    fields = one["fields"]
    codes = pl.LazyFrame(one["codes"]).select("code", "indicator", "phase", first="from", last="to")
    text = pl.col(fields["period"]).str.strip_chars()
    year = text.str.slice(0, 4)
    mark = pl.col(fields["value"])
    rows = pl.scan_parquet(inputs / one["parquet"]).select(
        code=pl.col(fields["measure"]).str.strip_chars(),
        mark=mark,
        value=_num(mark),
        status=pl.when(_num(mark).is_not_null()).then(pl.lit("known")).otherwise(_reason(mark, marks=marks)),
        level=_level(one),
        area=_area(one),
        row="row",
        period=pl.when(text.str.contains(r"^20[0-9]{2}( \((Rev|Final|prov)\))?$"))
        .then(year.cast(pl.Int64, strict=False))
        .when(text.str.contains(r"^20[0-9]{2}/[0-9]{2}$"))
        .then(year.cast(pl.Int64, strict=False) + 1),
        version=pl.when(text.str.ends_with("(Rev)"))
        .then(pl.lit("revised"))
        .when(text.str.ends_with("(prov)"))
        .then(pl.lit("provisional"))
        .when(text.str.ends_with("(Final)"))
        .then(pl.lit("final"))
        .otherwise(pl.lit(one["version"])),
    )
    found = rows.join(codes, on="code").filter(
        pl.col("level").is_not_null(),
        pl.col("area").is_not_null(),
        pl.col("period").is_between("first", "last"),
    )
    return found.select(
        *AREA_COLUMNS[:8],
        cohort=pl.lit(None, pl.Float64),
        basis=pl.lit("published"),
        schools=pl.lit(None, pl.Int64),
        roll_share=pl.lit(None, pl.Float64),
        version="version",
        release=pl.lit(one["release"]),
        row="row",
    )


def _year_of(day: str) -> pl.Expr:
    return pl.col(day).dt.year().cast(pl.Int64) + (pl.col(day).dt.month() >= 9).cast(pl.Int64)


def _places(inputs: Path, *, schools: pl.DataFrame) -> pl.DataFrame:
    listed = pl.read_parquet(inputs / "establishments.parquet").filter(
        pl.col("as_at").is_not_null(), pl.col("urn").is_not_null()
    )
    listed = listed.with_columns(listed_in=_year_of("as_at"))
    regions = listed.filter(pl.col("region") != "").group_by("authority").agg(pl.col("region").max())
    yearly = listed.sort("as_at", "release", "row", descending=[True, False, False]).unique(
        ["urn", "listed_in"], keep="first", maintain_order=True
    )
    spans = yearly.sort("urn", "listed_in").with_columns(
        earlier=pl.col("listed_in").shift(1).over("urn"), later=pl.col("listed_in").shift(-1).over("urn")
    )
    stays = spans.filter(
        pl.col("governance").is_in(["maintained", "academy"]),
        pl.col("phase").is_in(COUNTED),
        pl.col("standing") != "proposed",
    ).select(
        "urn",
        "authority",
        "phase",
        since=pl.max_horizontal(
            pl.when(pl.col("earlier").is_null()).then(0).otherwise("listed_in"),
            _year_of("opened_on").fill_null(0),
        ),
        until=pl.min_horizontal((pl.col("later") - 1).fill_null(9999), _year_of("closed_on").fill_null(9999)),
    )
    rolls = (
        schools.filter(pl.col("indicator") == "roll", pl.col("status") == "known")
        .group_by("urn", "period")
        .agg(pupils=pl.col("value").max())
        .sort("urn", "period")
        .with_columns(
            since=((pl.col("period").shift(1).over("urn") + pl.col("period")) // 2 + 1).fill_null(0),
            until=((pl.col("period") + pl.col("period").shift(-1).over("urn")) // 2).fill_null(9999),
        )
    )
    periods = schools.select(pl.col("period").unique())
    placed = stays.join(periods, how="cross").filter(pl.col("period").is_between("since", "until"))
    near = (
        placed.select("urn", "period")
        .join(rolls.drop("period"), on="urn")
        .filter(pl.col("period").is_between("since", "until"))
        .select("urn", "period", "pupils")
    )
    return placed.join(regions, on="authority", how="left").join(near, on=["urn", "period"], how="left")


def _computed(schools: pl.DataFrame, *, places: pl.DataFrame, indicators: dict[str, Any]) -> pl.DataFrame:
    rules = pl.DataFrame(
        [
            {"indicator": name, "kind": one["area"], "phase": phase}
            for name, one in indicators.items()
            if one["area"] != "none"
            for phase in one["phases"]
        ]
    )
    known = (
        schools.filter(pl.col("status") == "known")
        .select(*FIGURE, "urn", "value", "cohort", "weight")
        .join(places.select("urn", "period", "authority", "phase", "pupils"), on=["urn", "period"])
        .join(rules, on=["indicator", "phase"])
    )
    weight, pupils = pl.col("weight").fill_null(0.0), pl.col("pupils").fill_null(0.0)
    sums = known.group_by(*FIGURE, "kind", "authority", "phase").agg(
        schools=pl.len().cast(pl.Float64),
        weighed=(weight > 0).sum().cast(pl.Float64),
        enrolled=(pupils > 0).sum().cast(pl.Float64),
        total=pl.col("value").sum(),
        weight=weight.sum(),
        weighted=(pl.col("value") * weight).sum(),
        cohort=pl.col("cohort").fill_null(0.0).sum(),
        pupils=pupils.sum(),
        by_roll=(pl.col("value") * pupils).sum(),
        covered=pl.when(weight > 0).then(pupils).otherwise(0.0).sum(),
    )
    given = sums.group_by(*FIGURE, "kind").agg(by_cohort=pl.col("weight").sum() > 0)
    expected = places.group_by("authority", "region", "phase", "period").agg(expected=pl.col("pupils").sum())
    base = (
        expected.join(given, on="period")
        .join(rules, on=["indicator", "kind", "phase"])
        .join(sums, on=[*FIGURE, "kind", "authority", "phase"], how="left")
    )
    return pl.concat(
        [
            _at(base, level=level, every_phase=every)
            for level in ("authority", "region", "england")
            for every in (False, True)
        ]
    )


def _at(base: pl.DataFrame, *, level: str, every_phase: bool) -> pl.DataFrame:
    area = {"authority": pl.col("authority"), "region": pl.col("region"), "england": pl.lit("england")}[level]
    phase = pl.lit("all") if every_phase else pl.col("phase")
    sums = [
        "expected", "schools", "weighed", "enrolled", "total", "weight", "weighted", "cohort", "pupils",
        "by_roll", "covered",
    ]  # fmt: skip
    added = (
        base.with_columns(area=area, phase=phase)
        .filter(pl.col("area").is_not_null())
        .group_by(*FIGURE, "kind", "by_cohort", "area", "phase")
        .agg(pl.col(sums).sum())
    )
    is_sum, by_cohort = pl.col("kind") == "sum", pl.col("by_cohort")
    by_weight = pl.col("weighted") / pl.when(pl.col("weight") != 0).then("weight")
    by_roll = pl.col("by_roll") / pl.when(pl.col("pupils") != 0).then("pupils")
    figures = added.select(
        level=pl.lit(level),
        area="area",
        phase="phase",
        indicator="indicator",
        period="period",
        value=pl.when(is_sum).then("total").when(by_cohort).then(by_weight).otherwise(by_roll),
        status=pl.lit("known"),
        mark=pl.when(~is_sum & ~by_cohort).then(pl.lit("weighted by pupils on roll")),
        cohort=pl.when(by_cohort & (pl.col("cohort") > 0)).then("cohort").otherwise("pupils"),
        basis=pl.lit("computed"),
        schools=pl.when(is_sum)
        .then("schools")
        .when(by_cohort)
        .then("weighed")
        .otherwise("enrolled")
        .cast(pl.Int64),
        roll_share=100.0
        * pl.when(by_cohort & ~is_sum).then("covered").otherwise("pupils")
        / pl.when(pl.col("expected") != 0).then("expected"),
        version="version",
        release="release",
        row=pl.lit(None, pl.Int64),
    )
    least = 50.0 if level == "authority" else 75.0
    return figures.filter(pl.col("value").is_not_null(), pl.col("schools") > 0, pl.col("roll_share") >= least)


def _write_areas(areas: pl.DataFrame, *, into: Path) -> None:
    published, blank = pl.col("basis") == "published", pl.col("status") == "not_recorded"
    keys = ["level", "area", "phase", "indicator", "period"]
    marked = areas.with_columns(
        _place=pl.when(published & ~blank)
        .then(0)
        .when(~published & pl.col("mark").is_null())
        .then(1)
        .when(~published)
        .then(2)
        .otherwise(3),
        _rank=_rank(),
        _known=pl.col("status") == "known",
        _share=pl.when(~published).then("roll_share").otherwise(0.0),
    )
    marked = _first(
        keys,
        order=["_place", "_share", "_rank", "_known", "release", "row"],
        descending=[False, True, True, True, True, False],
        frame=marked,
    )
    marked.sort("level", "area", "indicator", "phase", "period").select(AREA_COLUMNS).write_parquet(
        into / "areas.parquet", compression="zstd", row_group_size=20480
    )


if __name__ == "__main__":
    main()
