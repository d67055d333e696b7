"""An attack on everything that is shown of one published measure of groups in one year.

The tables are those of all schools and areas of England together: released figures are known as exactly as
can be, areas as roughly as they are printed, and everything else has to be worked out.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from steward.analysis.disclosure.attack import unprotected
from steward.analysis.disclosure.policy import DisclosurePolicy
from steward.analysis.disclosure.secondary import attainable
from steward.analysis.disclosure.tables import Cell, LinkedTables, Ratio, Sum
from steward.analysis.indicators.places import places_of, rolls_of
from steward.evidence import catalogues, engine
from steward.evidence.queries import withholding

ALL = "all"


@dataclass(frozen=True)
class Shown:
    """True figures of one measure and year beside what reads give out, by school and by area."""

    indicator: str
    truth: dict[int, tuple[float, float]]
    """Value and pupils by URN."""
    value_shown: set[int]
    pupils_shown: set[int]
    whole: dict[int, tuple[float, float]]
    """Value and pupils of all pupils by URN."""
    places: dict[int, tuple[str, str, str]]
    """Authority, region and phase by URN."""
    areas: list[tuple[str, str, str, float, float | None]]
    """Level, area, phase, value as shown, and pupils where shown."""


@dataclass
class Draft:
    cells: list[Cell] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    urn_of: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    """Cell of the count of the group with the result (or of the group), by URN."""
    figures: int = 0

    def figure(self, *, shown: bool, known: bool = False) -> int:
        self.figures += 1
        if known:
            self.known.add(self.figures - 1)
        elif not shown:
            self.hidden.add(self.figures - 1)
        return self.figures - 1

    def add(self, count: float, figure: int, need: int = 0) -> int:
        self.cells.append(Cell(round(count), figure, need))
        return len(self.cells) - 1


def shown_of(folder: Path, *, indicator: str, period: int, gate: bool = True) -> Shown:
    """Return the truth and what reads give out; with `gate` off, as if nothing were withheld."""
    values = engine.table(folder / "values.parquet")
    one = values.filter((values.indicator == indicator) & (values.period == period) & values.preferred)
    known = one.filter(one.status == "known")
    released = withholding.released_of_schools(known, folder=folder) if gate else known
    areas = engine.table(folder / "areas.parquet")
    printed = areas.filter((areas.indicator == indicator) & (areas.period == period))
    printed = printed.filter(printed.status == "known")
    out = withholding.released_of_areas(printed, folder=folder) if gate else printed
    whole_of = catalogues.indicators()[indicator].group_of
    whole = values.filter((values.indicator == whole_of) & (values.period == period) & values.preferred)
    told = _rows(released.select("urn", "status", "cohort"))
    return Shown(
        indicator,
        {row["urn"]: (row["value"], row["cohort"]) for row in _rows(known) if row["cohort"]},
        {row["urn"] for row in told if row["status"] == "known"},
        {row["urn"] for row in told if row["cohort"] is not None},
        {
            row["urn"]: (row["value"], row["cohort"])
            for row in _rows(whole)
            if row["cohort"] and row["value"] is not None
        },
        _places(folder, values=values, period=one.select("period").distinct()),
        [
            (
                row["level"],
                row["area"],
                row["phase"],
                withholding_rounded(row["value"], indicator),
                row["cohort"],
            )
            for row in _rows(out)
            if row["status"] == "known" and row["basis"] == "computed"
        ],
    )


def withholding_rounded(value: float, indicator: str) -> float:
    from steward.vocabulary.values import Known  # noqa: PLC0415

    return withholding.roughly(Known(value), indicator=indicator).value


def recovered(shown: Shown, *, policy: DisclosurePolicy, within: str = "") -> list[int]:
    """Return the URNs of the schools (of one authority where given) whose small counts can be worked out."""
    least = policy.limits_of("school").pupils
    draft = Draft()
    for urn, (value, pupils) in sorted(shown.truth.items()):
        target = not within or shown.places.get(urn, ("", "", ""))[0] == within
        _add_school(draft, shown, urn=urn, value=value, pupils=pupils, least=least if target else 0)
    _add_areas(draft, shown, step=10.0 ** -catalogues.indicators()[shown.indicator].decimals)
    tables = LinkedTables(
        tuple(draft.cells),
        tuple(draft.sums),
        (1.0,) * draft.figures,
        frozenset(draft.known),
        ratios=(),
    )
    tables = attainable(tables)
    tables = replace(tables, ratios=tuple(draft.ratios))
    known = unprotected(tables, hidden=frozenset(draft.hidden))
    return sorted({draft.urn_of[cell] for cell in known})


def _add_school(draft: Draft, shown: Shown, *, urn: int, value: float, pupils: float, least: int) -> None:
    first = len(draft.cells)
    whole = shown.whole.get(urn)
    if catalogues.indicators()[shown.indicator].group_of:
        _add_result(draft, shown, urn=urn, least=least, whole=whole)
    else:
        figure = draft.figure(shown=urn in shown.value_shown)
        inside = round(value * pupils / 100)
        group = draft.add(inside, figure, least if 0 < inside < least else 0)
        rest = round(pupils) - inside
        others = draft.add(rest, figure, least if 0 < rest < least else 0)
        total = draft.add(pupils, draft.figure(shown=True, known=True))
        draft.sums.append(Sum(total, (group, others)))
        draft.parts[urn] = group
    draft.urn_of |= dict.fromkeys(range(first, len(draft.cells)), urn)


def _add_result(draft, shown, *, urn, least, whole) -> None:
    value, pupils = shown.truth[urn]
    result = draft.figure(shown=urn in shown.value_shown)
    number = draft.figure(shown=urn in shown.pupils_shown)
    with_it = round(value * pupils / 100)
    counts = [with_it, round(pupils) - with_it]
    group = draft.add(pupils, number, least if 0 < pupils < least else 0)
    cells = [draft.add(count, result, least if count < least else 0) for count in counts]
    draft.sums.append(Sum(group, tuple(cells)))
    draft.parts[urn] = cells[0]
    if whole is None or whole[1] < pupils:
        return
    every, every_with = round(whole[1]), round(whole[0] * whole[1] / 100)
    rest = every - round(pupils)
    others = [max(0, every_with - with_it), 0]
    others[1] = rest - others[0]
    if rest <= 0 or others[1] < 0:
        return
    other = draft.add(rest, number, least if rest < least else 0)
    beside = [draft.add(count, result, least if count < least else 0) for count in others]
    draft.sums.append(Sum(other, tuple(beside)))
    totals = (every, counts[0] + others[0], counts[1] + others[1])
    for total, parts in zip(
        totals, ((group, other), (cells[0], beside[0]), (cells[1], beside[1])), strict=True
    ):
        draft.sums.append(Sum(draft.add(total, draft.figure(shown=True, known=True)), parts))


def _add_areas(draft: Draft, shown: Shown, *, step: float) -> None:
    inside: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for urn, (authority, region, phase) in shown.places.items():
        if urn in draft.parts:
            for level, area in (("authority", authority), ("region", region), ("england", "england")):
                inside[level, area, phase].append(urn)
                inside[level, area, ALL].append(urn)
    for level, area, phase, value, cohort in shown.areas:
        urns = inside.get((level, area, phase), [])
        if not urns or cohort is None:
            continue
        cells = tuple(draft.parts[urn] for urn in urns)
        total = draft.add(sum(draft.cells[cell].count for cell in cells), draft.figure(shown=False))
        pupils = draft.add(sum(shown.truth[urn][1] for urn in urns), draft.figure(shown=True, known=True))
        draft.sums.append(Sum(total, cells))
        share = draft.cells[total].count / max(draft.cells[pupils].count, 1)
        low, high = (value - step / 2) / 100, (value + step / 2) / 100
        draft.ratios.append(Ratio(total, pupils, min(low, share), max(high, share)))


def _places(folder: Path, *, values, period) -> dict[int, tuple[str, str, str]]:
    found = places_of(engine.table(folder / "establishments.parquet"), roll=rolls_of(values), periods=period)
    return {row["urn"]: (row["authority"], row["region"], row["phase"]) for row in _rows(found)}


def _rows(table) -> list[dict]:
    return engine.connection().to_pyarrow(table).to_pylist()
