"""Which cells of a record of a published file are not shown, so that a record tells no more than a figure.

A record has more columns than are read. Numbers in columns about a group of pupils are left out unless
they are the source of a figure that the disclosure gate released.
"""

from collections.abc import Mapping

from steward.analysis.indicators.catalogue import ReleaseShape, Use, school_uses
from steward.analysis.sources.definition import Layout
from steward.evidence import catalogues
from steward.evidence.models import DataRelease
from steward.evidence.queries import releases, withholding
from steward.vocabulary.values import PUBLISHED_MARKS

NOT_SHOWN = "Not shown, to protect pupils"


def hidden_columns(chosen: DataRelease, *, layout: Layout, cells: Mapping[str, str]) -> frozenset[str]:
    """Return the columns of a record whose printed text is not shown."""
    policy = catalogues.disclosure_policy()
    about = {name for name in cells if policy.is_about_a_group(name)}
    released, withheld = _columns_of_figures(chosen, layout=layout, cells=cells)
    hidden = (about - released) | withheld
    return frozenset(name for name in hidden if _may_be_a_count(cells[name]))


def is_of_a_group(column: str, *, text: str) -> bool:
    """Return whether a cell is a number about a group of pupils, told by the name of its column."""
    return catalogues.disclosure_policy().is_about_a_group(column) and _may_be_a_count(text)


def _columns_of_figures(
    chosen: DataRelease, *, layout: Layout, cells: Mapping[str, str]
) -> tuple[set[str], set[str]]:
    """Return the columns from which released figures are read, and those of withheld figures."""
    level, area = _whose(layout, cells=cells)
    held = withholding.withheld_of(level, area, folder=releases.current_folder())
    released: set[str] = set()
    withheld: set[str] = set()
    shape = ReleaseShape(chosen.source, layout, chosen.period, frozenset(cells))
    for use in school_uses(shape, indicators=catalogues.indicators()):
        if use.indicator.group:
            columns = withheld if (use.indicator.id, use.period) in held else released
            columns |= _columns_of(use)
    return released - withheld, withheld


def _columns_of(use: Use) -> set[str]:
    """Return the columns of a figure about a group; the pupils of a share of the whole roll are no group."""
    reading = use.reading
    of_the_group = reading.cohort_columns if use.indicator.group_of else ()
    return {name for name in (reading.value, reading.numerator, *of_the_group) if name}


def _whose(layout: Layout, *, cells: Mapping[str, str]) -> tuple[str, str]:
    """Return the level and the area, or URN, that a record is about, as tables name them."""
    urn = cells.get(layout.keys.get("urn", ""), "").strip()
    if urn.isdigit():
        return "school", str(int(urn))
    code = cells.get(layout.keys.get("authority", ""), "").strip()
    return ("authority", code) if code else ("england", "england")


def _may_be_a_count(text: str) -> bool:
    stripped = text.strip().upper()
    return any(sign.isdigit() for sign in stripped) and stripped not in PUBLISHED_MARKS
