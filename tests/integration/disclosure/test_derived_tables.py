"""What is worked out from figures rests on released ones only: a withheld figure changes no other table."""

import shutil

import duckdb
import pyarrow.parquet as pq
import pytest

from steward.analysis.rebuild.alike import write_alike
from steward.analysis.rebuild.kitchen import Kitchen
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases

_DERIVED = ("similar.parquet", "intake.parquet")


@pytest.fixture
def derived_twice(sample_home, tmp_path):
    """Derive tables twice: from the figures as they are, and with every withheld figure changed."""
    folders = tmp_path / "as-is", tmp_path / "changed"
    for folder in folders:
        shutil.copytree(releases.current_folder(), folder)
    changed = _change_withheld(folders[1])
    connection = engine.connect()
    for folder in folders:
        kitchen = Kitchen(connection, catalogues.sources(), folder)
        write_alike(kitchen, releases=[], comparators=catalogues.comparators())
    return changed, *folders


def _change_withheld(folder):
    values, held = folder / "values.parquet", folder / "withheld.parquet"
    other = folder / "other.parquet"
    connection = duckdb.connect()
    match = f"SELECT area::BIGINT AS urn, indicator, period FROM '{held}' WHERE level = 'school' AND figure"
    connection.execute(
        f"COPY (SELECT v.* REPLACE (CASE WHEN h.urn IS NULL THEN v.value ELSE 99 - v.value END AS value) "
        f"FROM '{values}' v LEFT JOIN ({match}) h USING (urn, indicator, period)) TO '{other}'"
    )
    count = connection.execute(
        f"SELECT count(*) FROM '{values}' v JOIN ({match}) h USING (urn, indicator, period) "
        "WHERE v.value IS NOT NULL"
    ).fetchone()[0]
    other.replace(values)
    return count


def test_a_withheld_figure_changes_nothing_that_is_derived(derived_twice):
    changed, as_is, other = derived_twice
    assert changed > 100
    for name in _DERIVED:
        assert pq.read_table(as_is / name).equals(pq.read_table(other / name)), name
    _show_everything(as_is, values=other / "values.parquet")
    assert not pq.read_table(as_is / "intake.parquet").equals(pq.read_table(other / "intake.parquet"))


def _show_everything(folder, *, values):
    """Derive the tables as if nothing were withheld, so that the test above can be seen to look."""
    shutil.copy(values, folder / "values.parquet")
    held = folder / "withheld.parquet"
    nothing = pq.read_table(held).slice(0, 0)
    pq.write_table(nothing, held)
    kitchen = Kitchen(engine.connect(), catalogues.sources(), folder)
    write_alike(kitchen, releases=[], comparators=catalogues.comparators())
