"""No page, download, chart or row depends on a number that is withheld, whoever reads it."""

import shutil

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from factories.crawler import crawl, settled
from steward.access.roles import Role
from steward.evidence import catalogues, engine
from steward.evidence.models import DataRelease
from steward.evidence.queries import masks, releases, rows, withholding
from steward.evidence.queries.figures import Figure
from steward.register.models import School
from steward.vocabulary.values import Known

STARTS = ("/", "/schools/", "/areas/399/", "/releases/", "/indicators/", "/how-small-numbers-are-protected/")


def withheld_keys(folder) -> set[tuple[int, str, int]]:
    table = pq.read_table(folder / "withheld.parquet")
    rows = table.filter(pc.equal(table["level"], "school")).to_pylist()
    return {(int(row["area"]), row["indicator"], row["period"]) for row in rows}


@pytest.mark.parametrize("role", list(Role))
def test_no_read_gives_out_a_withheld_figure(role, sample_home, client_of):
    urn = School.objects.filter(authority_id=sample_home.authority).values_list("urn", flat=True)[0]
    reader = client_of(role, urn=urn if role is Role.SCHOOL_USER else None)
    keys = withheld_keys(releases.current_folder())
    starts = (*STARTS, f"/schools/{urn}/", f"/schools/{urn}/performance/")
    with withholding.ledger() as kept:
        seen = crawl(reader, starts=starts, each=2)
    assert seen
    figures = [one for one in kept if isinstance(one, Figure)]
    known = [one for one in figures if isinstance(one.value, Known)]
    assert [one for one in known if (one.urn, one.indicator, one.period) in keys] == []


def test_changing_every_withheld_number_changes_no_page(sample_home, client_of, monkeypatch, tmp_path):
    reader, folder = client_of(Role.DATA_OFFICER), releases.current_folder()
    urn, _, _ = sorted(withheld_keys(folder))[0]
    starts = (*STARTS, f"/schools/{urn}/", f"/schools/{urn}/performance/")
    before = crawl(reader, starts=starts, each=3)
    other = tmp_path / folder.name
    shutil.copytree(folder, other)
    _change(other)
    monkeypatch.setattr(releases, "current_folder", lambda: other)
    after = crawl(reader, starts=starts, each=3)
    assert before.keys() == after.keys()
    differing = [
        address
        for address, body in before.items()
        if not address.split("?")[0].endswith(".xlsx") and settled(body) != settled(after[address])
    ]
    assert differing == []


def test_the_same_comparison_sees_a_planted_leak(sample_home, client_of, monkeypatch, tmp_path):
    reader, folder = client_of(Role.DATA_OFFICER), releases.current_folder()
    urn, code, period = sorted(withheld_keys(folder))[0]
    other = tmp_path / folder.name
    shutil.copytree(folder, other)
    _change(other)
    monkeypatch.setattr(withholding, "released_of_schools", lambda rows, *, folder: rows)
    address = f"/figures/{urn}/{code}/{period}/"
    before = settled(reader.get(address).content)
    monkeypatch.setattr(releases, "current_folder", lambda: other)
    assert settled(reader.get(address).content) != before


def test_the_row_of_a_withheld_figure_does_not_print_it(sample_home):
    folder = releases.current_folder()
    urn, code, period = sorted(withheld_keys(folder))[0]
    values = engine.table(folder / "values.parquet")
    one = values.filter(
        (values.urn == urn) & (values.indicator == code) & (values.period == period) & values.preferred
    )
    figure = engine.connection().to_pyarrow(one).to_pylist()[0]
    printed = rows.printed_row(DataRelease.objects.get(pk=figure["release"]), row=figure["row"])
    title = catalogues.indicators()[code].title
    read = [cell for cell in printed.read if title in cell.read_as or f"{title} (numerator)" in cell.read_as]
    assert read
    assert {cell.text for cell in read} == {masks.NOT_SHOWN}
    assert not [cell for cell in printed.shown if cell.column in {one.column for one in read}]


def _change(folder) -> None:
    """Write other numbers in the place of those withheld."""
    keys = withheld_keys(folder)
    table = pq.read_table(folder / "values.parquet")
    places = zip(
        table["urn"].to_pylist(), table["indicator"].to_pylist(), table["period"].to_pylist(), strict=True
    )
    held = pa.array([key in keys for key in places])
    changed = pc.if_else(held, pc.add(pc.multiply(table["value"], 0.31), 7.7), table["value"])
    place = table.schema.get_field_index("value")
    pq.write_table(table.set_column(place, "value", changed), folder / "values.parquet")
