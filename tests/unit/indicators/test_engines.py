"""The same expressions give the same rows on PostgreSQL and Spark, and compile for two more engines."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import ibis
import pytest
from ibis.backends import BaseBackend
from ibis.backends.sql import compilers
from ibis.expr.types import Table

from factories.small_releases import (
    FOR_SCHOOLS,
    indicator,
    inspection,
    inspections,
    register,
    release,
    rolls,
    rows_in,
    school,
)
from steward.analysis import columns
from steward.analysis.accountability.progress8 import bands
from steward.analysis.indicators.areas import prefer_areas, published_in_all
from steward.analysis.indicators.change import year_on_year
from steward.analysis.indicators.computed_areas import computed, computed_of_sheets
from steward.analysis.indicators.definition import Reading
from steward.analysis.indicators.inspections import by_framework, over_time
from steward.analysis.indicators.places import places_of
from steward.analysis.indicators.stacks import sheets_of
from steward.analysis.indicators.values import named, prefer, preferred_of_all, values_of_all

SOME = """
RECTYPE | LEA | URN    | VALUE | PUPILS
1       | 383 | 100000 | 12.5% | 1,020
1       | 383 | 100000 | 99    | 7
2       | 383 | 100001 | SUPP  | 3
1       | 384 | 100002 | -0.3  | 0
4       | 383 | .      | 44.8  | 7661
7       | .   | .      | 46.5  | 542831
"""
MORE = "URN | VALUE | PUPILS\n100000 | 13 | 1020\n100002 | NE | 10\n100003 | £1,200 | 10"
RATIO = Reading(source="a-source", from_year=2010, to_year=2030, numerator="VALUE", denominator="PUPILS")


@dataclass(frozen=True)
class _Framework:
    id: str = "framework-2012"
    good_or_better: tuple[str, ...] = ("outstanding", "good")
    below_good: tuple[str, ...] = ("inadequate",)


def _measures() -> dict[str, object]:
    return {"measure": indicator(), "ratio": indicator("ratio", readings=(RATIO,), area="ratio")}


def _releases() -> list[object]:
    return [
        release(SOME, id="a", version="provisional", levels=FOR_SCHOOLS),
        release(MORE, id="b"),
        release(MORE, id="c", period=2018),
    ]


def _register() -> Table:
    return register(
        school(100000),
        school(100001, governance="academy"),
        school(100002, authority="384", opened_on=date(2011, 9, 1)),
        school(100003, phase="secondary"),
    )


def _rolls() -> Table:
    return rolls((100000, 2016, 200), (100000, 2019, 300), (100003, 2012, 50))


def _plain() -> Table:
    found = values_of_all(_releases(), indicators=_measures())
    assert found is not None
    return found


def _fast() -> Table:
    every = sheets_of(_releases(), indicators=_measures())
    coded = preferred_of_all(every)
    assert coded is not None
    return columns.cast(named(coded, every=every), columns.VALUES)


def _published() -> Table:
    found = published_in_all(_releases(), indicators=_measures())
    assert found is not None
    return found


def _computed() -> Table:
    return computed(_plain(), establishments=_register(), roll=_rolls(), indicators=_measures())


def _computed_of_sheets() -> Table:
    every = sheets_of(_releases(), indicators=_measures())
    coded = preferred_of_all(every)
    assert coded is not None
    periods = coded.select(period=coded.period.cast("int64")).distinct()
    places = places_of(_register(), roll=_rolls(), periods=periods)
    return computed_of_sheets(coded, every=every, places=places, indicators=_measures())


def _inspections() -> Table:
    return inspections(
        inspection(1, pupils=100.0), inspection(2, outcome="inadequate"), inspection(3, inspected_on=None)
    )


def _bands() -> Table:
    values = _plain()
    return values.select(
        "urn", "release", "row", band=bands(values.value, lower=values.value - 1, upper=values.cohort)
    )


EXPRESSIONS: dict[str, Callable[[], Table]] = {
    "preferred": lambda: prefer(_plain()),
    "fast": _fast,
    "published": _published,
    "computed": _computed,
    "computed of sheets": _computed_of_sheets,
    "areas": lambda: prefer_areas(_published().union(_computed())),
    "change": lambda: year_on_year(prefer(_plain()), indicators=_measures()),
    "inspections": lambda: over_time(_inspections(), roll=_rolls(), frameworks=[_Framework()]),
    "frameworks": lambda: by_framework(_inspections()),
    "bands": _bands,
}


@pytest.fixture(scope="module")
def postgresql() -> Iterator[BaseBackend]:
    """Return a connection to the PostgreSQL server that the suite runs on, or skip."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL server; run python -m tests.postgresql to try one.")
    found = urlsplit(address)
    connection = ibis.postgres.connect(
        host=found.hostname,
        port=found.port,
        user=found.username,
        password=found.password,
        database="postgres",
    )
    yield connection
    connection.disconnect()


def _comparable(rows: list[dict[str, object]]) -> list[str]:
    return sorted(
        repr(
            [
                (name, round(cell, 9) if isinstance(cell, float) else cell)
                for name, cell in sorted(row.items())
            ]
        )
        for row in rows
    )


@pytest.mark.parametrize("name", list(EXPRESSIONS))
def test_postgresql_gives_the_same_rows(name: str, postgresql: BaseBackend) -> None:
    expression = EXPRESSIONS[name]()

    assert _comparable(list(postgresql.to_pyarrow(expression).to_pylist())) == _comparable(
        rows_in(expression)
    )


ON_SPARK = ("fast", "published", "change")
"""Figures of schools, of areas and from year to year, the quicker ones; the rest is left to the night."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in ON_SPARK else (pytest.mark.nightly,)) for name in EXPRESSIONS],
)
def test_spark_gives_the_same_rows(name: str, on_spark: Callable[[Table], list[dict[str, object]]]) -> None:
    expression = EXPRESSIONS[name]()

    assert _comparable(on_spark(expression)) == _comparable(rows_in(expression))


@pytest.mark.parametrize("name", list(EXPRESSIONS))
@pytest.mark.parametrize("compiler", [compilers.ClickHouseCompiler, compilers.TrinoCompiler])
def test_expressions_compile_for_other_engines(name: str, compiler: type) -> None:
    maker = compiler()

    assert maker.to_sqlglot(EXPRESSIONS[name]()).sql(maker.dialect)


def test_both_ways_of_working_out_areas_agree() -> None:
    fast = {repr(sorted(row.items())) for row in rows_in(_computed_of_sheets())}

    assert fast == {repr(sorted(row.items())) for row in rows_in(_computed())}
