"""What the gate released stays as it was when tables are built anew, unless what it rests on changed."""

from dataclasses import asdict, replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from factories.group_counts import authority_of
from steward.analysis import columns
from steward.analysis.disclosure import gate
from steward.analysis.rebuild.pupils import GROUPS
from steward.evidence import catalogues, groups
from steward.evidence.queries import pupil_groups
from steward.vocabulary.protection import Protected

CODE, YEARS = "399", (2023, 2024)


def rows_of(year):
    made = authority_of(np.random.default_rng(year), schools=6, dimensions=("sen", "disadvantaged"))
    return [replace(row, period=year) for row in made]


def write_tables(folder, *, rows):
    folder.mkdir()
    wanted = columns.GROUPS.to_pyarrow()
    found = pa.Table.from_pylist([asdict(row) for row in rows])
    for field in wanted:
        if field.name not in found.column_names:
            found = found.append_column(field.name, pa.nulls(len(found), field.type))
    pq.write_table(found.select(wanted.names).cast(wanted), folder / GROUPS)
    return folder


def released(folder, *, rows):
    for year in YEARS:
        for dimension in ("sen", "disadvantaged"):
            chosen = [row for row in rows if row.period == year and row.dimension in ("all", dimension)]
            found = gate.release(Protected(chosen), policy=catalogues.disclosure_policy())
            into = pupil_groups.released_file(folder, authority=CODE, period=year, dimension=dimension)
            groups.write_released(found.figures, into=into)


def figures_in(folder):
    return {path.name: pq.read_table(path).to_pylist() for path in folder.glob("released_groups-*")}


@pytest.fixture
def before(tmp_path):
    rows = [row for year in YEARS for row in rows_of(year)]
    folder = write_tables(tmp_path / "before", rows=rows)
    released(folder, rows=rows)
    return folder, rows


def test_figures_are_the_same_after_tables_are_built_anew(before, tmp_path):
    folder, rows = before
    after = write_tables(tmp_path / "after", rows=rows[::-1])
    groups.keep_released(of=folder, into=after)
    assert len(figures_in(after)) == 4
    assert figures_in(after) == figures_in(folder)


def test_figures_are_the_same_where_nothing_is_kept_and_all_passes_again(before, tmp_path):
    folder, rows = before
    after = write_tables(tmp_path / "after", rows=rows[::-1])
    released(after, rows=rows[::-1])
    ordered = [
        {name: sorted(rows, key=repr) for name, rows in figures_in(one).items()} for one in (folder, after)
    ]
    assert ordered[0] == ordered[1]


def test_only_what_rests_on_other_counts_passes_again(before, tmp_path):
    folder, rows = before
    changed = next(row for row in rows if (row.period, row.dimension) == (2024, "sen"))
    fewer = replace(changed, pupils=changed.pupils + 1)
    after = write_tables(tmp_path / "after", rows=[fewer if row is changed else row for row in rows])
    groups.keep_released(of=folder, into=after)
    gone = set(figures_in(folder)) - set(figures_in(after))
    assert gone == {f"released_groups-{CODE}-2024-sen.parquet"}


def test_figures_of_rows_that_are_deleted_are_not_kept(before, tmp_path):
    folder, rows = before
    after = write_tables(tmp_path / "after", rows=[row for row in rows if row.period == 2023])
    groups.keep_released(of=folder, into=after)
    assert {name.split("-")[2] for name in figures_in(after)} == {"2023"}


def test_two_groups_at_once_are_kept_only_with_each_of_the_two(before, tmp_path):
    folder, rows = before
    both = f"released_groups-{CODE}-2024-disadvantaged+sen.parquet"
    groups.write_released([], into=folder / both)
    after = write_tables(tmp_path / "after", rows=rows)
    (folder / f"released_groups-{CODE}-2024-sen.parquet").unlink()
    groups.keep_released(of=folder, into=after)
    assert both not in figures_in(after)
