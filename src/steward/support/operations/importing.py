"""Taking in a list of providers as CSV: all of it, or none and a sentence for every row that is wrong."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.db import transaction

from steward.audit import operations as audit
from steward.audit.operations import Actor
from steward.support import policies
from steward.support.models import Provider
from steward.support.operations import providers, supply
from steward.support.policies import ProviderFacts
from steward.support.terms import Term

COLUMNS = (
    "name",
    "kind",
    "urn",
    "phases",
    "specialisms",
    "cost_per_day",
    "days",
    "trust",
    "faith",
    "easting",
    "northing",
    "references",
)
"""Columns of the file; several phases or specialisms in one cell are parted by semicolons."""
_NEEDED = ("name", "kind", "phases", "cost_per_day")
_MOST_ROWS = 2_000
_MOST_BYTES = 2_000_000


class CannotImport(policies.NotPossible):
    """A file was not taken in; `faults` has a sentence for every row that is wrong."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep the sentences."""
        super().__init__("Nothing was taken in. Mend the rows named below and send the file again.")
        self.faults = faults


@transaction.atomic
def import_providers(content: bytes, *, authority: str, term: Term, actor: Actor) -> tuple[Provider, ...]:
    """Return the providers of a CSV file, with the days they offer in a term.

    Raises CannotImport with a sentence for each row that is wrong; then nothing is kept.
    """
    rows = _rows(content)
    faults: list[str] = []
    made: list[Provider] = []
    for line, row in rows:
        said, wrong = _facts(row)
        faults.extend(f"Line {line}: {fault}" for fault in wrong)
        if said is None:
            continue
        try:
            made.append(_added(said, row=row, authority=authority, term=term, actor=actor))
        except policies.NotPossible as refusal:
            faults.append(f"Line {line}: {refusal}")
    if faults:
        raise CannotImport(tuple(faults))
    audit.record(
        "support.providers.imported",
        actor=actor,
        subject_kind="list",
        subject_id="providers",
        authority=authority,
        details={"providers": len(made), "term": term.key},
    )
    return tuple(made)


def _added(
    facts: ProviderFacts, *, row: dict[str, str], authority: str, term: Term, actor: Actor
) -> Provider:
    reason = "From a file of providers"
    made = providers.add(facts, authority=authority, reason=reason, actor=actor)
    days = _number(row["days"]) if row["days"] else None
    if days is not None:
        supply.offer_days(made.pk, days={term: days}, reason=reason, actor=actor)
    return made


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the rows with their line in the file. Raises CannotImport where it is no such file."""
    if len(content) > _MOST_BYTES:
        raise CannotImport(("The file is larger than 2 MB: a list of providers is much smaller.",))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotImport(("The file is not in UTF-8: save it as “CSV UTF-8”.",)) from None
    reader = csv.DictReader(io.StringIO(text))
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in _NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing or unknown:
        wrong = [f"The column '{name}' is missing." for name in missing]
        wrong += [f"There is no column '{name}': use {', '.join(COLUMNS)}." for name in unknown]
        raise CannotImport(tuple(wrong))
    reader.fieldnames = header
    rows = [(reader.line_num, _cleaned(row)) for row in reader]
    if not rows or len(rows) > _MOST_ROWS:
        raise CannotImport((f"The file has {len(rows)} rows: it must have 1 to {_MOST_ROWS}.",))
    return rows


def _cleaned(row: dict[str, str]) -> dict[str, str]:
    return {name: str(row.get(name) or "").strip() for name in COLUMNS}


def _facts(row: dict[str, str]) -> tuple[ProviderFacts | None, tuple[str, ...]]:
    """Return what a row says, or None and what is wrong with it."""
    wrong = list(_unreadable(row))
    if wrong:
        return None, tuple(wrong)
    facts = ProviderFacts(
        name=row["name"],
        kind=row["kind"].lower(),
        cost_per_day=_number(row["cost_per_day"]) or Decimal(0),
        phases=_several(row["phases"]),
        specialisms=_several(row["specialisms"]),
        urn=int(row["urn"]) if row["urn"] else None,
        trust=row["trust"],
        faith=row["faith"],
        easting=int(row["easting"]) if row["easting"] else None,
        northing=int(row["northing"]) if row["northing"] else None,
        references=row["references"],
    )
    found = policies.faults_of(facts)
    return (None if found else facts), found


def _unreadable(row: dict[str, str]) -> Iterator[str]:
    for name in ("urn", "easting", "northing"):
        if row[name] and not (row[name].isascii() and row[name].isdigit() and len(row[name]) <= 7):
            yield f"{name} is '{row[name]}': it must be a whole number."
    for name in ("cost_per_day", "days"):
        if row[name] and _number(row[name]) is None:
            yield f"{name} is '{row[name]}': it must be a number such as 350 or 2.5."
    if not row["cost_per_day"]:
        yield "cost_per_day is empty: give pounds a day, 0 where it is free."


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace("£", "").replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 100_000 else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in text.split(";") if part.strip())
