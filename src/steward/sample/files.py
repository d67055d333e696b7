"""Writes columns of text as a file in a published layout, header row and all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from steward.sample.arrays import Ints, Texts

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written: its path below the folder, and its records without the header."""

    path: str
    rows: int


@dataclass(slots=True)
class Writer:
    """Writes files below a folder and keeps the list of them."""

    folder: Path
    written: list[WrittenFile] = field(default_factory=list)

    def write(self, path: str, *, header: str, rows: Sequence[Row], encoding: str, line_end: str) -> None:
        """Write `rows` below the header row kept under `headers/` by that name."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [header_line(header), *map(",".join, rows), ""]
        target.write_bytes(line_end.join(lines).encode(encoding))
        self.written.append(WrittenFile(path, len(rows)))

    def write_text(self, path: str, *, text: str, records: int) -> None:
        """Write a file that is no table of columns, with so many records in it."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        self.written.append(WrittenFile(path, records))


def header_line(name: str) -> str:
    """Return a header row exactly as published."""
    return resources.files(__package__).joinpath(f"headers/{name}.csv").read_text("utf-8").rstrip("\n")


def header_names(name: str) -> list[str]:
    """Return the columns of a header row in order."""
    return [cell.strip('"') for cell in _cells(header_line(name))]


def rows_of(name: str, columns: Mapping[str, Texts]) -> list[Row]:
    """Return records with the columns put into the order of the header row `name`, quoted where needed.

    Raises KeyError when a column of the header is not among `columns`.
    """
    return list(zip(*(_quoted(columns[column].tolist()) for column in header_names(name)), strict=True))


def wholly_quoted_rows_of(name: str, columns: Mapping[str, Texts], *, bare: tuple[str, ...]) -> list[Row]:
    """Return records like `rows_of`, every cell in quotes but those of the columns named in `bare`."""
    ordered = [
        columns[column].tolist()
        if column in bare
        else [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in columns[column].tolist()]
        for column in header_names(name)
    ]
    return list(zip(*ordered, strict=True))


def after_each(rows: Sequence[Row], *, groups: Ints, closing: Mapping[int, Row]) -> list[Row]:
    """Return rows sorted by group (kept in order within), each group followed by its closing row."""
    ordered: list[tuple[int, int, Row]] = [
        (group, 0, row) for group, row in zip(groups.tolist(), rows, strict=True)
    ]
    ordered += [(group, 1, row) for group, row in closing.items()]
    return [row for _, _, row in sorted(ordered, key=lambda entry: entry[:2])]


def _quoted(column: list[str]) -> list[str]:
    together = "".join(column)
    if "," not in together and '"' not in together:
        return column
    return ['"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in column]


def _cells(line: str) -> list[str]:
    cells, inside, start = [], False, 0
    for place, letter in enumerate(line):
        inside ^= letter == '"'
        if letter == "," and not inside:
            cells.append(line[start:place])
            start = place + 1
    return [*cells, line[start:]]
