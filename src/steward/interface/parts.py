"""Plain values from which the components are printed: a view makes them, a template tag prints them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from steward.interface.charts.figures import Figure
from steward.vocabulary.values import Value


class Concern(StrEnum):
    """How pressing something is: printed as a word in a tag with a shape, readable without colour."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNSETTLED = "unsettled"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with the shape of its concern."""

    text: str
    concern: Concern = Concern.PLAIN


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: text (or a Tag, a Value already written, safe HTML), a link, a small note."""

    content: object
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` is its key in the address ("" when it cannot be sorted by).

    A `minor` one is left out on a narrow screen: what it says must stand on a page the row leads to.
    """

    label: str
    numeric: bool = False
    sort: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of each row is the heading of the row.

    Cells may be plain values or `Cell`. `sorted_by` is a column's `sort`, with "-" before it when descending.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    sorted_by: str = ""
    hide_caption: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a summary list; `action` is the word of its link ("Change"), said in full with `label`."""

    label: str
    content: object
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a task list: a name, linked unless it cannot be started, and its status."""

    name: str
    status: str
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of a timeline: what, when, by whom, with a sentence and a link."""

    title: str
    at: date | datetime
    by: str = ""
    text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Comparator:
    """A figure beside the school's own: the authority's, England's, similar schools'."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure of a school as a card: the figure large, what it means, and what it is compared with."""

    title: str
    value: Value
    unit: str
    decimals: int
    period: str
    cohort: str
    sentence: str
    comparators: tuple[Comparator, ...] = ()
    trend: Figure | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Removable:
    """A filter in force: what it says, and the address of the same list without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: the publication, a link to its release, and when it was published."""

    text: str
    href: str = ""
    basis: str = ""
