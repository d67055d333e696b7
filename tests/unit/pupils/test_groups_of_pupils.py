"""Figures of groups equal those counted by hand, add up, and are the same on Spark."""

import math
from dataclasses import replace
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis.backends import BaseBackend

from steward.analysis import columns
from steward.analysis.pupils.one_reading import reads_once
from steward.analysis.rebuild.pupils import groups_of, kept_by, write_groups
from steward.sample.england import imagine
from steward.sample.pupil_files import PupilSample, write_pupils
from unit.pupils.known import ROWS, figure, read, register_file, rules, stored, written


def _figures(folder: Path, *rows: str) -> pa.Table:
    found, kept = read(written(folder, *rows))
    write_groups(
        ibis.duckdb.connect(),
        files=[stored(found, kept)],
        establishments=register_file(folder),
        rules=rules(),
        into=folder / "groups.parquet",
    )
    return pq.read_table(folder / "groups.parquet")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    """Return the figures of the known rows."""
    return _figures(tmp_path_factory.mktemp("pupils"), *ROWS)


def test_the_shape_is_that_of_groups(figures: pa.Table) -> None:
    assert figures.schema.names == list(columns.GROUPS.names)


def test_a_share_counts_everybody_eligible(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100001", indicator="rwm_expected", dimension="all")

    assert (one["pupils"], one["achieved"], one["deviation"]) == (3, 2, None)
    assert one["value"] == pytest.approx(200 / 3)


def test_a_pupil_without_tests_counts_as_not_achieving(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100002", indicator="rwm_expected", dimension="all")

    assert (one["pupils"], one["achieved"], one["value"]) == (1, 0, 0.0)


def test_a_mean_has_its_spread(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100001", indicator="reading_scaled_score", dimension="all")

    assert one["value"] == pytest.approx(314 / 3)
    assert one["deviation"] == pytest.approx(math.sqrt((0.6667**2 + 5.3333**2 + 4.6667**2) / 2), rel=1e-4)


def test_progress_8_is_that_of_the_national_tables(figures: pa.Table) -> None:
    by = {"level": "school", "area": "100002", "indicator": "progress_8"}
    disadvantaged = figure(figures, **by, dimension="disadvantaged", member="disadvantaged")

    assert disadvantaged["value"] == pytest.approx(0.455)
    assert figure(figures, **by, dimension="all")["pupils"] == 2  # one has no prior attainment
    assert figure(figures, **by, dimension="sex", member="girls")["value"] == pytest.approx(-1.596)


def test_progress_at_11_is_the_mean_of_the_pupils_who_have_a_score(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100001", indicator="reading_progress", dimension="all")

    assert (one["pupils"], one["value"]) == (2, pytest.approx(0.625))
    assert one["deviation"] == pytest.approx(3.75 / math.sqrt(2))


def test_attainment_8_is_the_sum_of_its_slots(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100002", indicator="attainment_8", dimension="all")

    assert (one["pupils"], one["value"]) == (3, pytest.approx((52 + 0 + 60) / 3))


def test_a_pupil_whose_entries_are_not_known_counts_as_not_entered(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100002", indicator="ebacc_entry", dimension="all")

    assert (one["pupils"], one["achieved"], one["value"]) == (3, 1, pytest.approx(100 / 3))


def test_a_file_stored_before_there_was_a_column_gives_its_other_figures(tmp_path: Path) -> None:
    found, kept = read(written(tmp_path, *ROWS))
    pq.write_table(pq.read_table(kept).drop_columns(["ebacc_entered", "reading_progress"]), kept)
    early = replace(
        stored(found, kept), columns=tuple(set(found.columns) - {"ebacc_entered", "reading_progress"})
    )
    into = tmp_path / "groups.parquet"
    write_groups(
        ibis.duckdb.connect(), files=[early], establishments=register_file(tmp_path), rules=rules(), into=into
    )
    measured = set(pq.read_table(into).column("indicator").to_pylist())

    assert "progress_8" in measured
    assert not measured & {"ebacc_entry", "reading_progress"}


def test_absence_is_sessions_over_sessions_with_the_error_of_a_ratio(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100001", indicator="absence", dimension="all")
    residuals = [missed - 57 / 950 * possible for missed, possible in ((38, 380), (0, 380), (19, 190))]
    expected = math.sqrt(sum(one * one for one in residuals) / 2) * 100 / (950 / 3)

    assert one["value"] == pytest.approx(100 * 57 / 950)
    assert one["deviation"] == pytest.approx(expected)


def test_persistent_absence_starts_at_a_tenth_of_own_sessions(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100001", indicator="persistent_absence", dimension="all")

    assert (one["pupils"], one["achieved"]) == (3, 2)


def test_members_of_a_characteristic_add_up_to_everybody(figures: pa.Table) -> None:
    rows = [row for row in figures.to_pylist() if row["indicator"] == "rwm_expected"]
    every = {(row["level"], row["area"]): row["pupils"] for row in rows if row["dimension"] == "all"}
    for dimension in {row["dimension"] for row in rows} - {"all"}:
        for place, pupils in every.items():
            parts = [r for r in rows if (r["level"], r["area"], r["dimension"]) == (*place, dimension)]
            if parts:
                assert sum(row["pupils"] for row in parts) == pupils, (dimension, place)


def test_a_pupil_whose_code_is_missing_is_of_unknown_group(figures: pa.Table) -> None:
    one = figure(figures, level="school", area="100002", indicator="rwm_expected", dimension="disadvantaged")

    assert one["member"] == "unknown"


def test_an_authority_is_the_sum_of_its_schools_and_has_two_groups_at_once(figures: pa.Table) -> None:
    by = {"level": "authority", "area": "383", "indicator": "rwm_expected"}

    assert figure(figures, **by, dimension="all")["pupils"] == 4
    both = figure(figures, **by, dimension="disadvantaged+sex", member="disadvantaged+girls")
    assert (both["pupils"], both["achieved"]) == (1, 0)


def test_a_measure_whose_columns_a_file_lacks_is_not_worked_out(figures: pa.Table) -> None:
    assert "gps_expected" not in set(figures.column("indicator").to_pylist())


@pytest.mark.nightly
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_figures(spark: BaseBackend, tmp_path: Path) -> None:
    england = imagine(seed=7, schools=60, authorities=1)
    path = tmp_path / "pupils.csv"
    write_pupils(path, sample=PupilSample(600, seed=7, years=(2024,)), england=england)
    found, rows = read(path, urns=frozenset(england.establishments.urn.tolist()))
    file = stored(found, rows)
    told: dict[str, dict[tuple[object, ...], dict[str, object]]] = {}
    for connection in (reads_once(ibis.duckdb.connect()), spark):
        with kept_by(connection, scratch=tmp_path) as keep:
            register = columns.cast(
                connection.read_parquet(_register(tmp_path, england)), columns.ESTABLISHMENTS
            )
            made = groups_of(
                [connection.read_parquet(rows)], files=[file], register=register, rules=rules(), keep=keep
            )
            told[connection.name] = _by_cell(connection.to_pyarrow(made))

    assert told["duckdb"].keys() == told["pyspark"].keys()
    assert len(told["duckdb"]) > 3_000
    for cell, one in told["duckdb"].items():
        other = told["pyspark"][cell]
        assert (one["pupils"], one["achieved"]) == (other["pupils"], other["achieved"]), cell
        for name in ("value", "deviation"):
            assert other[name] == (
                None if one[name] is None else pytest.approx(one[name], abs=1e-9, rel=1e-9)
            )


def _by_cell(table: pa.Table) -> dict[tuple[object, ...], dict[str, object]]:
    keys = ("level", "area", "phase", "indicator", "period", "dimension", "member", "release")
    return {tuple(row[key] for key in keys): row for row in table.to_pylist()}


def _register(folder: Path, england: object) -> Path:
    urns = england.establishments.urn.tolist()  # type: ignore[attr-defined]
    rows = [{"urn": urn, "authority": "399", "phase": "primary"} for urn in urns]
    rows = [row | {"as_at": __import__("datetime").date(2024, 1, 1)} for row in rows]
    path = folder / "register.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=columns.ESTABLISHMENTS.to_pyarrow()), path)
    return path
