"""The rows of England at the foot of each year's real file: level, area, phase and a figure, by hand."""

from pathlib import Path

import ibis
import pytest

from steward.analysis.sources import catalogue, reading, recognition, rows

pytestmark = pytest.mark.real

SOURCES = catalogue.read_sources()
_SALARY = "Mean Gross FTE Salary of All Teachers"


def area_rows(path: Path, *, column: str) -> list[tuple[str, str, str, str]]:
    found = reading.peek(path)
    layout = recognition.recognise(found, sources=SOURCES).layout
    table = rows.rows_of(ibis.memtable(reading.read(found, layout=layout).table), layout)
    of_areas = table.filter(table["level"] != "school").order_by("row")
    told = of_areas.select("level", "area", "phase_of_row", figure=of_areas[column])
    return [tuple(one.values()) for one in ibis.duckdb.connect().to_pyarrow(told).to_pylist()]


@pytest.mark.parametrize(
    ("file", "column", "figures"),
    [
        ("2010-2011/england_census", "TOTPUPSENDN", {"primary": "4137755", "secondary": "3262633"}),
        ("2011-2012/england_census", "PNUMEAL", {"primary": "17.5", "secondary": "12.9"}),
        ("2012-2013/england_census", "PNUMEAL", {"primary": "18.1", "secondary": "13.6"}),
        ("2013-2014/england_census", "PNUMEAL", {"primary": "18.7", "secondary": "14.3"}),
        ("2014-2015/england_census", "PNUMEAL", {"primary": "19.4"}),
        ("2015-2016/england_census", "PNUMEAL", {"primary": "20", "secondary": "15.7"}),
        ("2016-2017/england_census", "PNUMEAL", {"primary": "20.8", "secondary": "16.1"}),
        ("2017-2018/england_census", "PNUMEAL", {"primary": "21.3", "secondary": "16.5"}),
        ("2018-2019/england_census", "PNUMEAL", {"primary": "21.2", "secondary": "16.9", "special": "14.7"}),
        (
            "2020-2021/england_census",
            "PNUMEAL",
            {"primary": "20.9%", "secondary": "17.2%", "special": "14.6%"},
        ),
        ("2010-2011/england_abs", "PERCTOT", {"primary": "5.14", "secondary": "6.52"}),
        ("2011-2012/england_abs", "PERCTOT", {"primary": "4.4", "secondary": "5.7"}),
        ("2012-2013/england_abs", "PERCTOT", {"primary": "4.8", "secondary": "5.8"}),
        ("2013-2014/england_abs", "PERCTOT", {"primary": "3.9", "secondary": "5.2", "special": "9.0"}),
        ("2016-2017/england_abs", "PERCTOT", {"primary": "4.0", "secondary": "5.4", "special": "9.7"}),
        ("2017-2018/england_abs", "PERCTOT", {"primary": "4.2", "secondary": "5.5", "special": "10.2"}),
        ("2018-2019/england_abs", "PERCTOT", {"primary": "4", "secondary": "5.5", "special": "10.1"}),
        ("2010-2011/england_swf", "SALARY", {"all": "38000"}),
        ("2011-2012/england_swf", "SALARY", {"primary": "36472", "secondary": "38903"}),
        ("2012-2013/england_swf", "SALARY", {"primary": "36153", "secondary": "38513"}),
        ("2013-2014/england_swf", "SALARY", {"primary": "36559", "secondary": "38521"}),
        ("2014-2015/england_swf", "SALARY", {"primary": "36252"}),
        ("2015-2016/england_swf", _SALARY, {"primary": "36827.3379338139", "secondary": "39396.1777787742"}),
        ("2016-2017/england_swf", _SALARY, {"primary": "£37,119", "secondary": "£39,483"}),
        ("2017-2018/england_swf", f"{_SALARY} (£s)", {"primary": "£38,697", "secondary": "£39,762"}),
        ("2018-2019/england_swf", f"{_SALARY} (£s)", {"primary": "£38,369", "secondary": "£40,571"}),
        ("2020-2021/england_swf", f"{_SALARY} (£s)", {"primary": "£40,602", "secondary": "£42,741"}),
        ("2011-2012/england_pupdest", "COHORT", {"all": "520960"}),
        ("2012-2013/england_pupdest", "COHORT", {"all": "567480"}),
        ("2013-2014/england_pupdest", "COHORT", {"all": "561800"}),
        ("2014-2015/england_pupdest", "COHORT", {"all": "571810"}),
        ("2016-2017/england_ks4-pupdest", "COHORT", {"all": "553910"}),
        ("2017-2018/england_ks4-pupdest", "COHORT", {"all": "541120"}),
        ("2018-2019/england_ks4-pupdest", "COHORT", {"all": "528139"}),
        ("2020-2021/england_ks4-pupdest", "COHORT", {"all": "543029"}),
    ],
)
def test_the_last_rows_are_of_england_by_phase(published_data, file, column, figures):
    path = published_data / f"performance_tables/{file}.csv.gz"
    found = [row for row in area_rows(path, column=column) if row[0] == "england"]
    assert found == [("england", "england", phase, figure) for phase, figure in figures.items()]


@pytest.mark.parametrize(
    ("file", "column", "figure"),
    [
        ("2010-2011/england_ks5", "TALLPPEA", "213.1"),
        ("2014-2015/england_ks5", "TALLPPE_ALEVA", "211.9"),
        ("2015-2016/england_ks5", "TALLPPE_ALEV_1618", "30.44"),
        ("2016-2017/england_ks5final", "TALLPPE_ALEV_1618", "31.14"),
    ],
)
def test_16_to_18_has_one_row_of_england(published_data, file, column, figure):
    path = published_data / f"performance_tables/{file}.csv.gz"
    found = [row for row in area_rows(path, column=column) if row[0] == "england"]
    assert found == [("england", "england", "all", figure)]
