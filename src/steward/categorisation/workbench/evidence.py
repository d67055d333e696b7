"""The evidence about the schools of an authority on a date, gathered once and kept for the next look."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from steward.analysis.rules.columnar.columns import Columns
from steward.analysis.rules.columnar.evaluating import Proposed, propose_all
from steward.analysis.rules.proposals import Rulebook
from steward.categorisation.working_out import CannotPropose, evidence_about, open_on
from steward.evidence import catalogues
from steward.evidence.models import LocalFact
from steward.evidence.queries import releases, tables
from steward.register import queries as register
from steward.register.models import School


@dataclass(frozen=True, slots=True)
class Ground:
    """The schools of an authority open on a date, with what is known of them in columns."""

    authority: str
    as_at: date
    schools: dict[int, School]
    columns: Columns


def ground(as_at: date) -> Ground:
    """Return the evidence about the authority served, as at a date.

    Raises CannotPropose where no authority is served or no school was open, NothingLoaded without tables.
    """
    served = register.served_authority()
    if served is None:
        raise CannotPropose("No authority is served here yet: load a register of schools first.")
    schools = {school.urn: school for school in open_on(as_at, authority=served.code)}
    if not schools:
        raise CannotPropose(
            f"No school of {served.name} was open on {as_at.day} {as_at:%B %Y} in the registers loaded."
        )
    return _gathered(
        _Key(str(releases.current_folder()), served.code, as_at, _state(schools)), _Handed(schools)
    )


def dates_held() -> list[date]:
    """Return the days on which a policy can be asked: each list of inspection outcomes held, newest first."""
    return sorted(tables.snapshots(), reverse=True)


def newest_date() -> date:
    """Return the day of the newest list of inspection outcomes, or today where there is none."""
    return next(iter(dates_held()), timezone.localdate())


def proposed(rulebook: Rulebook, *, on: Ground) -> Proposed:
    """Return what a policy proposes for the schools."""
    return propose_all(rulebook, columns=on.columns)


@dataclass(frozen=True, slots=True)
class _Key:
    folder: str
    authority: str
    as_at: date
    state: tuple[Any, ...]


class _Handed:
    """Schools already read, which do not tell two keys apart."""

    def __init__(self, schools: dict[int, School]) -> None:
        self.schools = schools

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Handed)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _gathered(key: _Key, handed: _Handed) -> Ground:
    evidence = evidence_about(
        handed.schools.values(),
        authority=key.authority,
        as_at=key.as_at,
        indicators=frozenset(catalogues.indicators()),
    )
    return Ground(key.authority, key.as_at, handed.schools, Columns(list(evidence.values())))


def _state(schools: dict[int, School]) -> tuple[Any, ...]:
    """Return what tells evidence apart from that of the same tables: the register and the local facts."""
    names = ("urn", "name", "phase", "governance", "age_low", "age_high")
    kept = tuple(tuple(getattr(school, name) for name in names) for school in schools.values())
    facts = LocalFact.objects.filter(school_id__in=schools).order_by("pk")
    return (kept, tuple(facts.values_list("pk", "kind", "since", "until")))
