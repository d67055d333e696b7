"""Pages of records of published files tell nothing that is withheld, whatever their columns are called."""

import pytest

from factories.row_attack import found_by_cells, shown_cells, unlisted_cells, withheld_records
from steward.evidence import catalogues, engine
from steward.evidence.models import DataRelease
from steward.evidence.queries import masks, releases, withholding

_TELLING = (
    ("destinations", "2021", "COHORT_NONDIS OVERALL_DEST_NONDIS OVERALL_DESTPER_NONDIS COHORT_DIS_19"),
    ("census", "2019", "PNUMENGFL PNUMUNCFL NUMENGFL NUMUNCFL NUMEAL NORG NORB PNORB NUMFSMEVER TSENELK"),
    ("ks2", "2019", "DIFFN_RWM_EXP DIFFN_READPROG PTRWM_EXP_B PTNOTFSM6CLA1A TMOBN BELIG GELIG TEALGRP1"),
    ("ks4", "final-2018", "DIFFN_ATT8 DIFFN_P8MEA PBEBACC_94 PGL2BASICS_94 ATT8SCR_NFSM6CLA1A P8PUP_NMOB"),
    ("ks4", "derived-2013-2015", "TEVER6PUPS AC.GCSE.FSM fsm.points.3y boys15 EVER6FSM"),
    ("gias_establishments", "full", "NumberOfBoys NumberOfGirls FSM PercentageFSM SENStat SenUnitOnRoll"),
)


def layout_of(source: str, name: str):
    return next(one for one in catalogues.sources()[source].layouts if one.id == name)


@pytest.mark.parametrize(("source", "name", "telling"), _TELLING)
def test_complements_of_groups_are_in_no_record_by_themselves(source, name, telling):
    layout = layout_of(source, name)
    release = DataRelease(id="none", source=source, layout=name, period=2019)
    columns = {*layout.keys.values(), *layout.requires, *layout.columns, *telling.split()}
    shown = masks.open_columns(release, layout=layout, columns=columns)
    assert not shown.intersection(telling.split())
    assert set(layout.keys.values()) <= shown


def test_a_column_that_nobody_has_listed_is_not_shown():
    layout = layout_of("census", "2019")
    release = DataRelease(id="none", source="census", layout="2019", period=2019)
    shown = masks.open_columns(release, layout=layout, columns=["URN", "NOR", "A_COLUMN_OF_NEXT_YEAR"])
    assert shown == {"URN", "NOR"}


def held_measures(folder) -> list[tuple[str, int]]:
    held = engine.table(folder / "withheld.parquet")
    chosen = held.filter((held.level == "school") & held.figure).select("indicator", "period").distinct()
    return sorted(
        (one["indicator"], one["period"]) for one in engine.connection().to_pyarrow(chosen).to_pylist()
    )


def test_every_cell_of_the_records_of_withheld_figures_tells_none_of_them(sample_home):
    folder, found, looked_at = releases.current_folder(), {}, 0
    newest = dict(held_measures(folder))
    for indicator, period in newest.items():
        for release, records in withheld_records(folder, indicator=indicator, period=period, most=12).items():
            looked_at += len(records)
            told = found_by_cells(records)
            if told:
                found[release, indicator] = told
    assert looked_at > 10
    assert found == {}


def test_the_same_attack_finds_them_where_records_are_shown_whole(sample_home, monkeypatch):
    folder = releases.current_folder()
    monkeypatch.setattr(masks, "hidden_columns", lambda *_, **__: frozenset())
    indicator, period = max(held_measures(folder), key=lambda one: _held(folder, one))
    found = withheld_records(folder, indicator=indicator, period=period, most=12)
    assert any(found_by_cells(records) for records in found.values())


def test_no_column_of_a_group_is_printed_where_one_figure_of_it_is_withheld(sample_home):
    folder = releases.current_folder()
    values = engine.table(folder / "values.parquet")
    for indicator, period in held_measures(folder)[::12]:
        one = values.filter((values.indicator == indicator) & (values.period == period))
        out = withholding.released_of_schools(one.filter(one.status == "known"), folder=folder)
        gone = out.filter(out.status == "withheld").limit(2)
        for row in engine.connection().to_pyarrow(gone).to_pylist():
            assert unlisted_cells(row["release"], row=row["row"], indicator=indicator) == set()


def test_a_record_of_a_file_that_is_not_live_shows_nothing_of_groups(sample_home):
    folder = releases.current_folder()
    values = engine.table(folder / "values.parquet")
    groups = [name for name, one in catalogues.indicators().items() if one.group]
    row = engine.connection().to_pyarrow(values.filter(values.indicator.isin(groups)).limit(1)).to_pylist()[0]
    release = DataRelease.objects.get(pk=row["release"])
    _, layout = releases.definition_of(release)
    cells = {one.column: one.text for one in releases.published_row(release.id, row["row"])}
    not_live = DataRelease(id="gone", source=release.source, layout=release.layout, period=release.period)
    hidden = masks.hidden_columns(not_live, row=row["row"], layout=layout, cells=cells)
    shown = masks.open_columns(release, layout=layout, columns=cells)
    numbers = {name for name, text in cells.items() if any(sign.isdigit() for sign in text)}
    assert numbers - shown <= hidden
    assert shown_cells(release.id, row=row["row"])


def _held(folder, key: tuple[str, int]) -> int:
    held = engine.table(folder / "withheld.parquet")
    chosen = held.filter((held.indicator == key[0]) & (held.period == key[1]) & (held.level == "school"))
    return engine.connection().to_pyarrow(chosen.count()).as_py()
