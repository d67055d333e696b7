"""Several groupings of one table in one reading of it: GROUPING SETS, which Ibis cannot say, on DuckDB.

The expression is written for every engine as groupings of the same table side by side. The engine inside the
process would read and work out that table again for each of them, or lay it down whole. Here the compiled
query, as a tree, gets one grouping with GROUPING SETS in their place; each former grouping takes its rows
out of it. What the query says stays the same, so a query with no such groupings is left as it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ibis.backends import BaseBackend
from ibis.backends.sql.compilers import DuckDBCompiler
from sqlglot import exp

EMBEDDED = "duckdb"
_MARK = "grouped_by"
_MOST_MARKED = 63
"""Most columns that GROUPING can tell apart."""


class _Compiler(DuckDBCompiler):  # type: ignore[misc]  # Ibis has no types
    """Writes queries for DuckDB as Ibis does, with one reading for groupings of the same table."""

    __slots__ = ()

    def to_sqlglot(self, expr: Any, **settings: Any) -> Any:  # noqa: ANN401 - as Ibis declares it
        return read_once(super().to_sqlglot(expr, **settings))


def reads_once(connection: BaseBackend) -> BaseBackend:
    """Return the connection, from now on reading a table once for several groupings where it is DuckDB."""
    if connection.name == EMBEDDED:
        connection.compiler = _Compiler()
    return connection


def read_once(query: exp.Expression) -> exp.Expression:
    """Return a query in which groupings of the same named table, with the same sums, are made in one reading.

    The tree is changed in place. Its answer is the same, in whatever order the rows come.
    """
    named = next((part for part in query.iter_expressions() if isinstance(part, exp.With)), None)
    if named is None:
        return query
    tables = {table.alias: table for table in named.expressions}
    found: dict[tuple[str, frozenset[tuple[str, str]]], list[_Grouping]] = defaultdict(list)
    for grouping in _groupings(query, tables=tables):
        found[grouping.source, frozenset(_texts(grouping.sums).items())].append(grouping)
    for (source, _), alike in found.items():
        if _can_be_one(alike):
            _make_one(named, alike, source=tables[source])
    return query


@dataclass(frozen=True, slots=True)
class _Grouping:
    """A grouping in a query: by which columns of a named table, and what it sums, by name."""

    select: exp.Select
    source: str
    keys: Mapping[str, exp.Expression]
    sums: Mapping[str, exp.Expression]


def _groupings(query: exp.Expression, *, tables: Mapping[str, exp.CTE]) -> Iterator[_Grouping]:
    for select in query.find_all(exp.Select):
        others = [part for part in select.iter_expressions() if part.arg_key != "expressions"]
        if sorted(type(part).__name__ for part in others) != ["From", "Group"]:
            continue
        source = next(part.this for part in others if isinstance(part, exp.From))
        if isinstance(source, exp.Table) and source.name in tables and not source.args.get("joins"):
            found = _grouping(select, source=source.name)
            if found:
                yield found


def _grouping(select: exp.Select, *, source: str) -> _Grouping | None:
    """Return what a select groups by and sums; None where it groups by what is no column by its place."""
    group: exp.Expression = select.args["group"]
    if any(not isinstance(one, exp.Literal) or not one.is_int for one in group.iter_expressions()):
        return None
    places = {int(one.name) - 1 for one in group.expressions}
    named = [(one.alias_or_name, _of_no_table(one.unalias())) for one in select.expressions]
    keys = dict(pair for place, pair in enumerate(named) if place in places)
    sums = dict(pair for place, pair in enumerate(named) if place not in places)
    if len(keys) + len(sums) < len(named) or not all(isinstance(one, exp.Column) for one in keys.values()):
        return None
    return _Grouping(select, source, keys, sums)


def _of_no_table(value: exp.Expression) -> exp.Expression:
    """Return a value with its columns named alone, as is enough where there is one table."""
    plain = value.copy()
    for column in plain.find_all(exp.Column):
        column.set("table", None)
    return plain


def _texts(values: Mapping[str, exp.Expression]) -> dict[str, str]:
    return {name: value.sql(EMBEDDED) for name, value in values.items()}


def _can_be_one(alike: Sequence[_Grouping]) -> bool:
    """Say whether there are several, none by the columns of another, and one name is one column in all."""
    pairs = {pair for one in alike for pair in _texts(one.keys).items()}
    names = {name for name, _ in pairs}
    different = {frozenset(one.keys) for one in alike}
    return 1 < len(alike) == len(different) and len(names) == len(pairs) and len(names) <= _MOST_MARKED


def _make_one(named: exp.With, alike: Sequence[_Grouping], *, source: exp.CTE) -> None:
    tables = named.expressions
    keys = {name: key for one in alike for name, key in one.keys.items()}
    name = f"read_once_{len(tables)}"
    sets = [exp.Tuple(expressions=[key.copy() for key in one.keys.values()]) for one in alike]
    mark = exp.Anonymous(this="GROUPING", expressions=[key.copy() for key in keys.values()])
    values = {**keys, **alike[0].sums, _MARK: mark}
    grouped = exp.select(*(exp.alias_(value, called, quoted=True) for called, value in values.items()))
    grouped = grouped.from_(_table(alike[0].source))
    grouped.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)]))
    once = exp.CTE(this=grouped, alias=exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
    once.set("materialized", True)  # noqa: FBT003
    for one in alike:
        _take_rows(one, table=name, keys=list(keys))
    place = tables.index(source) + 1
    named.set("expressions", [*tables[:place], once, *tables[place:]])


def _take_rows(one: _Grouping, *, table: str, keys: Sequence[str]) -> None:
    """Have a former grouping take its rows from the one that is made of all."""
    mark = sum(1 << place for place, name in enumerate(reversed(keys)) if name not in one.keys)
    columns = [exp.column(part.alias_or_name, quoted=True) for part in one.select.expressions]
    taken = exp.select(*columns).from_(_table(table)).where(exp.column(_MARK, quoted=True).eq(mark))
    one.select.replace(taken)


def _table(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name, quoted=True))
