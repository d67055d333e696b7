"""The tables that say the same as funnels, dot plots, distributions and maps."""

from steward.interface import words
from steward.interface.charts import distributions, wardmaps
from steward.interface.charts.figures import Distribution, Dot, DotPlot, DotRow, FunnelChart, Part, WardMap
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.values import Known, Missing, Reason, Value

_NOT_SHOWN = "\N{EN DASH}"


def _written(value: Value, *, measured: words.Measured, note: str = "") -> object:
    if not isinstance(value, Known):
        return value
    return Cell(words.value_in_words(value, measured=measured), note=note)


def of_funnel(figure: FunnelChart) -> Table:
    """Return the named schools of a funnel, and the target they are held against."""
    target = words.with_unit(words.number(figure.target, decimals=figure.decimals), unit=figure.unit)
    columns = (
        Column("School"),
        Column(figure.cohort_of.capitalize(), numeric=True),
        Column("Value", numeric=True),
        Column(f"Beside {figure.target_name}, {target}"),
    )
    rows = tuple(_school(dot, figure) for dot in figure.dots if dot.part is not Part.OTHER or dot.labelled)
    return Table(figure.title, columns, rows, hide_caption=True)


def _school(dot: Dot, figure: FunnelChart) -> tuple[object, ...]:
    known = isinstance(dot.value, Known)
    return (
        Cell(dot.name, dot.href),
        words.number(dot.cohort) if known or dot.cohort else Reason.NOT_RECORDED.label,
        _written(dot.value, measured=figure),
        dot.verdict or (_side(dot.value, figure) if isinstance(dot.value, Known) else "Not drawn"),
    )


def _side(value: Known, figure: FunnelChart) -> str:
    if value.value == figure.target:
        return "Level"
    return "Above" if value.value > figure.target else "Below"


def of_dot_plot(figure: DotPlot) -> Table:
    """Return the rows of a dot plot with everything each is compared with."""
    pairs = any(row.other is not None for row in figure.rows)
    counted = any(row.cohort is not None for row in figure.rows)
    beside = list(dict.fromkeys(one.name for row in figure.rows for one in row.beside))
    columns = (
        Column("Group"),
        Column(figure.value_name, numeric=True),
        *((Column(figure.other_name, numeric=True),) if pairs else ()),
        *(Column(name, numeric=True) for name in beside),
        *((Column("Pupils", numeric=True),) if counted else ()),
    )
    rows = tuple(
        (
            Cell(row.label, row.href, row.note),
            _written(row.value, measured=figure, note=_caution(row, figure)),
            *((_or_dash(row.other, figure),) if pairs else ()),
            *(_or_dash(_of_name(row, name), figure) for name in beside),
            *((_pupils(row),) if counted else ()),
        )
        for row in figure.rows
    )
    return Table(figure.title, columns, rows, hide_caption=True)


def _caution(row: DotRow, figure: DotPlot) -> str:
    notes = ["few pupils"] if row.small else []
    if row.interval is not None:
        notes.append(words.interval_in_words(row.interval, measured=figure))
    return ", ".join(notes)


def _of_name(row: DotRow, name: str) -> Value | None:
    return next((one.value for one in row.beside if one.name == name), None)


def _or_dash(value: Value | None, figure: DotPlot) -> object:
    return _NOT_SHOWN if value is None else _written(value, measured=figure)


def _pupils(row: DotRow) -> object:
    return Reason.NOT_RECORDED.label if row.cohort is None else words.number(row.cohort)


def of_distribution(figure: Distribution) -> Table:
    """Return the school's value, what it is compared with, the quartiles, and the counts by value."""
    rows: list[tuple[object, ...]] = [(figure.own_name, _written(figure.own, measured=figure))]
    rows += [(one.name, _written(one.value, measured=figure)) for one in figure.beside]
    rows.append(("Where it stands", distributions.standing(figure)))
    found = distributions.quartiles(figure.values)
    if found is not None:
        named = (("Lower quartile", found.lower), ("Median", found.median), ("Upper quartile", found.upper))
        rows += [(name, _written(Known(value), measured=figure)) for name, value in named]
    rows += [
        (
            distributions.range_in_words(one, figure=figure),
            words.counted(one.count, one=_single(figure), many=figure.of),
        )
        for one in distributions.bins(figure)
        if figure.values and one.count
    ]
    return Table(
        figure.title, (Column("What"), Column("Figure", numeric=True)), tuple(rows), hide_caption=True
    )


def _single(figure: Distribution) -> str:
    return figure.of.removesuffix("s")


def of_map(figure: WardMap) -> Table:
    """Return the list of areas in the order of their numbers on the map."""
    counted = any(area.cohort is not None for area in figure.areas)
    columns = (
        Column("Area"),
        Column("Number on the map", numeric=True),
        Column("Value", numeric=True),
        Column("Class", minor=True),
        *((Column("Pupils", numeric=True, minor=True),) if counted else ()),
    )
    rows = tuple(
        (
            Cell(area.name, area.href, area.note),
            str(number),
            _written(area.value, measured=figure, note="few pupils" if area.small else ""),
            wardmaps.class_in_words(area, figure=figure),
            *((_cohort(area.cohort),) if counted else ()),
        )
        for number, area in enumerate(figure.areas, start=1)
    )
    return Table(figure.title, columns, rows, hide_caption=True)


def _cohort(pupils: int | None) -> object:
    return Missing(Reason.NOT_RECORDED) if pupils is None else words.number(pupils)
