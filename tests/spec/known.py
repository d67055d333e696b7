"""What the small tables say is known of a school, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spec.rules.small_tables import CATALOGUE, rows
from steward.analysis.rules import wording
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import PUBLISHED_MARKS

Row = dict[str, str]


@dataclass(frozen=True)
class Tables:
    """The small tables of an example, as they are written."""

    schools: str
    values: str = ""
    areas: str = ""
    inspections: str = ""
    facts: str = ""
    links: str = ""

    def of(self, urn: str, *, table: str) -> list[Row]:
        """Return the rows of a table about a school."""
        text: str = getattr(self, table)
        return [row for row in (rows(text) if text else []) if row["urn"] == urn]


def known(school: Row, *, tables: Tables) -> str:
    """Return all that is given of a school in sentences, or that nothing is."""
    urn = school["urn"]
    found = (
        *_register(school),
        *_figures(urn, tables=tables),
        *(_inspection(row) for row in tables.of(urn, table="inspections")),
        *(_fact(row) for row in tables.of(urn, table="facts")),
        *_before(urn, tables=tables, seen=(urn,)),
    )
    return " ".join(f"{each}." for each in found) or "Nothing."


def area_figures(tables: Tables) -> str:
    """Return the figures of areas that schools are compared with; nothing where there are none."""
    return "; ".join(_area(row) for row in rows(tables.areas)) if tables.areas else ""


def figure(row: Row) -> str:
    """Return a figure and its pupils: “Absence” 5.1% (200 pupils), or the words for why there is none."""
    indicator = CATALOGUE.indicators[row["indicator"]]
    reason = PUBLISHED_MARKS.get(row["value"])
    shown = wording.amount(float(row["value"]), of=indicator) if reason is None else reason.label.lower()
    pupils = f" ({row['cohort']} pupils)" if row.get("cohort") else ""
    return f"{wording.quoted(indicator)} {shown}{pupils}"


def _register(school: Row) -> Iterator[str]:
    if "phase" in school:
        yield Phase(school["phase"]).label
    if school.get("governance") == "academy":
        yield "An academy"
    elif "governance" in school:
        yield "Maintained by the council"
    if "authority" in school:
        yield f"In authority {school['authority']}"
    if "opened_on" in school:
        yield f"Opened on {_day(school['opened_on'])}"


def _figures(urn: str, *, tables: Tables, under: str = "") -> Iterator[str]:
    found = tables.of(urn, table="values")
    for period in dict.fromkeys(row["period"] for row in found):
        figures = ", ".join(figure(row) for row in found if row["period"] == period)
        yield f"{AcademicYear(int(period))}{under}: {figures}"


def _before(urn: str, *, tables: Tables, seen: tuple[str, ...]) -> Iterator[str]:
    for link in tables.of(urn, table="links"):
        earlier = link["predecessor"]
        others = [row["urn"] for row in rows(tables.links) if row["predecessor"] == earlier]
        shared = wording.listed((f"URN {each}" for each in others if each != urn), last="and")
        merged = ", with others (published as merged)" if "merged" in link["relation"] else ""
        who = "It" if len(seen) == 1 else f"URN {urn}"
        yield f"{who} followed URN {earlier}{merged}{f', as did {shared}' if shared else ''}"
        if earlier not in seen:
            yield from _figures(earlier, tables=tables, under=f", under URN {earlier}")
            yield from _before(earlier, tables=tables, seen=(*seen, earlier))


def _inspection(row: Row) -> str:
    if "inspected_on" not in row:
        return "Listed by Ofsted without an inspection"
    framework = CATALOGUE.frameworks.get(row.get("framework", ""))
    under = framework.title if framework else "a framework that is not known"
    outcome = row.get("outcome", "")
    shown = outcome.replace("_", " ").capitalize() if outcome else "no outcome given"
    placed = f", {row['category'].replace('_', ' ')}" if "category" in row else ""
    published = f", published {_day(row['published_on'])}" if "published_on" in row else ""
    listed = f", in a file of {_day(row['as_at'])}" if "as_at" in row else ""
    return f"Inspected {_day(row['inspected_on'])} under {under}: {shown}{placed}{published}{listed}"


def _fact(row: Row) -> str:
    kind = row["kind"]
    what = FactKind(kind).words if kind in set(FactKind) else f"something of a kind not known ({kind})"
    until = f" until {_day(row['until'])}" if "until" in row else ""
    return f"On record from {_day(row['since'])}{until}: {what}"


def _area(row: Row) -> str:
    where = "England" if row["level"] == "england" else f"authority {row['area']}"
    phase = "all phases" if row["phase"] == "all" else Phase(row["phase"]).label.lower()
    basis = ", worked out from schools" if row.get("basis") == "computed" else ""
    return f"{where}, {phase}, {AcademicYear(int(row['period']))}: {figure(row)}{basis}"


def _day(text: str) -> str:
    return wording.day(date.fromisoformat(text))
