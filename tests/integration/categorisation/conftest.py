"""A small authority with tables on disk, for proposals to be worked out from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from steward.access.models import Person
from steward.access.roles import Role
from steward.analysis import columns
from steward.audit.operations import Program
from steward.categorisation import operations
from steward.evidence.models import Generation
from steward.register.models import Authority, School

ACTOR = Program("A test")
SNAPSHOT = date(2019, 12, 31)


@dataclass
class Tables:
    """The tables of one generation as records."""

    store: Path
    values: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    inspections: list[dict[str, Any]]

    def put(self, name: str) -> Generation:
        """Write the tables as a generation and make it the current one."""
        folder = self.store / "generations" / name
        folder.mkdir(parents=True)
        shapes = {"values": columns.VALUES, "areas": columns.AREAS, "inspections": columns.INSPECTIONS}
        for table, shape in shapes.items():
            records = pa.Table.from_pylist(getattr(self, table), schema=shape.to_pyarrow())
            pq.write_table(records, folder / f"{table}.parquet")
        Generation.objects.filter(current=True).update(current=False)
        return Generation.objects.create(made_at=timezone.now(), folder=name, current=True, releases=[])


def value(
    urn: int, indicator: str, number: float | None, *, period: int = 2019, cohort: float = 30
) -> dict[str, Any]:
    """Return a row of the values table; None is a suppressed value."""
    return {
        "urn": urn,
        "indicator": indicator,
        "period": period,
        "value": number,
        "status": "suppressed" if number is None else "known",
        "cohort": cohort,
        "preferred": True,
        "release": "ks4-2019",
        "row": urn - 100000,
    }


def inspection(urn: int, outcome: str, *, on: date = date(2018, 5, 1)) -> dict[str, Any]:
    """Return a row of the inspections table in a list of all schools."""
    return {
        "urn": urn,
        "inspected_on": on,
        "framework": "ofsted_2015",
        "outcome": outcome,
        "snapshot": True,
        "latest": True,
        "as_at": SNAPSHOT,
        "release": "mi-2019",
        "row": urn - 100000,
    }


NAMES = {
    100001: ("Ash Grove School", "secondary", "maintained"),
    100002: ("Beech Hill Academy", "secondary", "academy"),
    100003: ("Cedar School", "secondary", "maintained"),
    100004: ("Damson Prep", "primary", "independent"),
}


@pytest.fixture
def authority(db: None) -> Authority:
    """An authority with three secondary schools the policy covers and one it does not."""
    made = Authority.objects.create(code="999", name="Borchester", region="Borsetshire")
    for urn, (name, phase, governance) in NAMES.items():
        School.objects.create(
            urn=urn,
            authority=made,
            name=name,
            phase=phase,
            governance=governance,
            standing="open",
            age_low=11,
            age_high=16,
            as_at=SNAPSHOT,
            release="register",
        )
    return made


@pytest.fixture
def tables(settings: Any, tmp_path: Path, authority: Authority) -> Tables:
    """Ash Grove is good with results suppressed, Beech Hill inadequate, Cedar good with good results."""
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_RULESET = "four-category"
    values = []
    for urn, score in ((100001, None), (100002, 0.2), (100003, 0.3)):
        values += [value(urn, "progress_8", score), value(urn, "progress_8_upper", score)]
        values += [
            value(urn, "attainment_8", None if score is None else 50.0, period=year) for year in (2018, 2019)
        ]
        values += [value(urn, "absence", 5.0), value(urn, "persistent_absence", 12.0)]
        values += [value(urn, "balance_share", 1.0, period=year) for year in (2017, 2018)]
    areas = [
        {
            "level": "england",
            "area": "england",
            "phase": phase,
            "indicator": indicator,
            "period": 2019,
            "value": number,
            "status": "known",
            "basis": "published",
            "preferred": True,
        }
        for phase, indicator, number in (
            ("secondary", "absence", 5.5),
            ("secondary", "persistent_absence", 13.7),
            ("all", "attainment_8", 46.5),
        )
    ]
    inspections = [inspection(100001, "good"), inspection(100002, "inadequate"), inspection(100003, "good")]
    inspections.append(inspection(100003, "good", on=date(2015, 10, 1)))
    return Tables(tmp_path, values, areas, inspections)


@pytest.fixture
def asked(tables: Tables, settings: Any) -> Authority:
    """The policy has been asked about the small authority, and its academies have been watched."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STEWARD_AUTHORITY = "999"
    tables.put("one")
    operations.propose(actor=ACTOR, authority="999")
    operations.watch(actor=ACTOR, authority="999")
    return Authority.objects.get(code="999")


@pytest.fixture
def adviser(person_with: Any) -> Person:
    """An adviser."""
    return person_with(Role.ADVISER)


@pytest.fixture
def senior(person_with: Any) -> Person:
    """A senior adviser."""
    return person_with(Role.SENIOR_ADVISER)


@pytest.fixture
def head(person_with: Any) -> Person:
    """The head of service."""
    return person_with(Role.HEAD_OF_SERVICE)
