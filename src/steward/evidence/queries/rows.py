"""One record of a published file as printed, with what this service reads from each column."""

from dataclasses import dataclass

from steward.analysis.indicators.catalogue import ReleaseShape, school_uses
from steward.analysis.sources.definition import Layout
from steward.evidence import catalogues, engine, store
from steward.evidence.models import DataRelease
from steward.evidence.queries import masks, releases
from steward.register import queries as register
from steward.vocabulary.values import PUBLISHED_MARKS

_KEYS = {
    "urn": "URN of the school",
    "authority": "Code of the authority",
    "establishment_number": "Establishment number",
    "laestab": "Authority and establishment number",
    "region": "Region",
}


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as printed; `meaning` are the words of a missing-value mark, `read_as` what is read from it.

    Where `shown` is false, `text` is not what is printed but why it is not shown.
    """

    column: str
    text: str
    meaning: str
    read_as: tuple[str, ...]
    shown: bool = True


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A record of a published file; the school is named when the row is about one in the register."""

    number: int
    cells: tuple[PrintedCell, ...]
    urn: int | None
    school: str
    before: int | None
    after: int | None

    @property
    def read(self) -> tuple[PrintedCell, ...]:
        """The cells from which something is read."""
        return tuple(cell for cell in self.cells if cell.read_as)

    @property
    def shown(self) -> tuple[PrintedCell, ...]:
        """The cells whose text is what is printed."""
        return tuple(cell for cell in self.cells if cell.shown)

    @property
    def hidden(self) -> tuple[PrintedCell, ...]:
        """The cells whose text is not shown."""
        return tuple(cell for cell in self.cells if not cell.shown)


def printed_row(chosen: DataRelease, *, row: int) -> PrintedRow | None:
    """Return a record of the file of a release, or None when it has no such record."""
    cells = releases.published_row(chosen.id, row)
    if cells is None:
        return None
    _, layout = releases.definition_of(chosen)
    columns = [cell.column for cell in cells]
    roles = _roles(chosen, layout=layout, columns=columns)
    texts = {cell.column: cell.text for cell in cells}
    hidden = masks.hidden_columns(chosen, row=row, layout=layout, cells=texts)
    printed = tuple(
        PrintedCell(cell.column, masks.NOT_SHOWN, "", tuple(roles.get(cell.column, ())), shown=False)
        if cell.column in hidden
        else PrintedCell(cell.column, cell.text, _meaning(cell.text), tuple(roles.get(cell.column, ())))
        for cell in cells
    )
    urn = _urn(texts, layout=layout)
    school = register.school(urn) if urn else None
    before, after = _neighbours(chosen.id, row)
    return PrintedRow(row, printed, urn if school else None, school.name if school else "", before, after)


def names_authority(chosen: DataRelease, *, row: int) -> bool:
    """Return whether a record of the file of a release prints the code of its authority."""
    _, layout = releases.definition_of(chosen)
    column = layout.keys.get("authority") or layout.keys.get("laestab")
    cells = releases.published_row(chosen.id, row) or []
    return any(cell.column == column and cell.text.strip()[:3].isdigit() for cell in cells)


def prints_pupils(chosen: DataRelease, *, row: int, indicator: str) -> bool:
    """Return whether a record of a release says how many pupils its figure of an indicator rests on."""
    _, layout = releases.definition_of(chosen)
    cells = {cell.column: cell.text for cell in releases.published_row(chosen.id, row) or []}
    shape = ReleaseShape(chosen.source, layout, chosen.period, frozenset(cells))
    columns = {
        column
        for use in school_uses(shape, indicators=catalogues.indicators())
        if use.indicator.id == indicator
        for column in use.reading.cohort_columns
    }
    return any(any(sign.isdigit() for sign in cells[column]) for column in columns)


def _meaning(text: str) -> str:
    reason = PUBLISHED_MARKS.get(text.strip().upper())
    return reason.label if reason else ""


def _roles(chosen: DataRelease, *, layout: Layout, columns: list[str]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for key, column in layout.keys.items():
        roles.setdefault(column, []).append(_KEYS.get(key, key))
    if layout.levels is not None:
        roles.setdefault(layout.levels.column, []).append("Whether the row is a school or an area")
    for field, column in layout.fields.items():
        roles.setdefault(column, []).append(field.replace("_", " ").capitalize())
    shape = ReleaseShape(chosen.source, layout, chosen.period, frozenset(columns))
    for use in school_uses(shape, indicators=catalogues.indicators()):
        title = use.indicator.title
        named = {
            use.reading.value: title,
            use.reading.numerator: f"{title} (numerator)",
            use.reading.denominator: f"{title} (denominator)",
            **dict.fromkeys(use.reading.cohort_columns, f"{title} (pupils behind it)"),
        }
        for column, words in named.items():
            if column:
                roles.setdefault(column, []).append(words)
    return roles


def _urn(row: dict[str, str], *, layout: Layout) -> int | None:
    text = row.get(layout.keys.get("urn", ""), "").strip()
    return int(text) if text.isdigit() else None


def _neighbours(release_id: str, row: int) -> tuple[int | None, int | None]:
    table = engine.table(store.release_file(release_id))
    ends = table.agg(before=table.row.max(where=table.row < row), after=table.row.min(where=table.row > row))
    found = engine.connection().to_pyarrow(ends).to_pylist()[0]
    return found["before"], found["after"]
