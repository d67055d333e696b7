"""The newest description of each school, read from the register tables of a generation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
from ibis.expr.types import Table

from steward.evidence import engine
from steward.register.models import Authority, Predecessor, School
from steward.vocabulary.areas import name_of_area
from steward.vocabulary.phases import Governance, Phase, Standing

_NEWEST_KNOWN = (
    "authority_name",
    "establishment_number",
    "name",
    "phase",
    "type",
    "governance",
    "opened_on",
    "age_low",
    "age_high",
    "gender",
    "religious_character",
    "admissions",
    "street",
    "town",
    "postcode",
    "ward",
    "region",
    "easting",
    "northing",
)
"""Fields taken from the newest release that has them; the others come from the newest release only."""
_TEXTS = ("type", "gender", "religious_character", "admissions", "street", "town", "postcode", "ward")


def authorities(folder: Path) -> list[Authority]:
    """Return every authority named in the register tables of a generation."""
    rows = engine.table(folder / "establishments.parquet")
    rows = rows.filter(rows.authority.notnull())
    named = rows.group_by("authority").aggregate(
        name=rows.authority_name.argmax(rows.as_at, where=rows.authority_name.notnull()),
        region=rows.region.argmax(rows.as_at, where=rows.region.notnull()),
    )
    return [
        Authority(
            code=row["authority"],
            name=name_of_area(row["name"] or f"Authority {row['authority']}"),
            region=row["region"] or "",
        )
        for row in _rows(named)
    ]


def schools(folder: Path, *, whole: set[str]) -> Iterator[School]:
    """Return each school as last described.

    `whole` names the releases that list every school of their authorities: a school that is not in
    the newest of them for its authority is of unknown standing, never taken to be open.
    """
    establishments = engine.table(folder / "establishments.parquet")
    trusts = _trusts(folder)
    for row in _rows(_newest(establishments, whole=whole)):
        yield _school(row, trust=trusts.get(row["urn"], ""))


def predecessors(folder: Path) -> list[Predecessor]:
    """Return every published link from a school to the one it followed, each once."""
    rows = engine.table(folder / "links.parquet")
    rows = rows.filter(rows.urn.notnull() & rows.predecessor.notnull() & (rows.urn != rows.predecessor))
    once = rows.group_by("urn", "predecessor").aggregate(relation=rows.relation.max(), since=rows.since.max())
    return [
        Predecessor(
            urn=row["urn"],
            predecessor_urn=row["predecessor"],
            relation=row["relation"] or "",
            since=row["since"],
        )
        for row in _rows(once)
    ]


def _newest(rows: Table, *, whole: set[str]) -> Table:
    rows = rows.filter(rows.urn.notnull() & rows.authority.notnull() & rows.name.notnull())
    known = {name: rows[name].argmax(rows.as_at, where=rows[name].notnull()) for name in _NEWEST_KNOWN}
    described = rows.group_by("urn").aggregate(
        as_at=rows.as_at.max(),
        authority=rows.authority.argmax(rows.as_at),
        standing=rows.standing.argmax(rows.as_at, where=rows.standing.notnull()),
        closed_on=rows.closed_on.argmax(rows.as_at, where=rows.closed_on.notnull()),
        release=rows.release.argmax(rows.as_at),
        **known,
    )
    complete = rows.filter(rows.release.isin(sorted(whole)) if whole else ibis.literal(value=False))
    newest_whole = complete.group_by("authority").aggregate(whole_as_at=complete.as_at.max())
    return described.left_join(newest_whole, "authority")


def _trusts(folder: Path) -> dict[int, str]:
    path = folder / "memberships.parquet"
    if not path.exists():
        return {}
    rows = engine.table(path)
    rows = rows.filter(rows.kind.lower().contains("trust"))
    newest = rows.group_by("urn").aggregate(name=rows.name.argmax(rows.as_at))
    return {row["urn"]: row["name"] for row in _rows(newest)}


def _school(row: dict[str, Any], *, trust: str) -> School:
    listed = row["whole_as_at"] is None or row["as_at"] >= row["whole_as_at"]
    standing = Standing(row["standing"] or Standing.UNKNOWN)
    if standing is Standing.OPEN and not listed:
        standing = Standing.UNKNOWN
    return School(
        urn=row["urn"],
        authority_id=row["authority"],
        establishment_number=row["establishment_number"] or "",
        name=row["name"],
        phase=Phase(row["phase"] or Phase.UNKNOWN),
        governance=Governance(row["governance"] or Governance.OTHER),
        standing=standing,
        opened_on=row["opened_on"],
        closed_on=row["closed_on"],
        age_low=row["age_low"],
        age_high=row["age_high"],
        easting=row["easting"],
        northing=row["northing"],
        trust=trust,
        as_at=row["as_at"],
        release=row["release"],
        **{name: row[name] or "" for name in _TEXTS},
    )


def _rows(expression: Table) -> list[dict[str, Any]]:
    return list(engine.connection().to_pyarrow(expression).to_pylist())
