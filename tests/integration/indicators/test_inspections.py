"""How the schools of Leeds stood in inspection, from the files as published."""

from collections.abc import Callable
from datetime import date

import ibis
import pytest

from factories.small_releases import rows_in
from steward.analysis.indicators.inspections import by_framework, counts, standing
from steward.analysis.sources import tables
from steward.regimes.frameworks import InspectionFramework

pytestmark = pytest.mark.real

SNAPSHOTS = ("ofsted/mi_schools_2013-12-31.csv.gz", "ofsted/mi_schools_2014-12-31.csv.gz")


@pytest.fixture(scope="module")
def inspections(
    opened: Callable[[str], tuple[ibis.Table, object]], frameworks: dict[str, InspectionFramework]
) -> ibis.Table:
    first, second = (
        tables.inspections(*opened(path), release=path, frameworks=frameworks) for path in SNAPSHOTS
    )
    return first.union(second)


@pytest.mark.parametrize(
    ("day", "schools", "share"), [(date(2013, 12, 31), 256, 81.6), (date(2014, 12, 31), 260, 83.8)]
)
def test_leeds_share_good_or_better(
    inspections: ibis.Table,
    frameworks: dict[str, InspectionFramework],
    day: date,
    schools: int,
    share: float,
) -> None:
    found = rows_in(counts(standing(inspections, as_at=day), frameworks=frameworks.values()))
    (leeds,) = [row for row in found if row["area"] == "383" and row["phase"] == "all"]

    assert leeds["schools"] == schools
    assert round(leeds["share_good"], 1) == share


def test_leeds_by_grade_at_the_end_of_2013(inspections: ibis.Table) -> None:
    found = rows_in(by_framework(standing(inspections, as_at=date(2014, 1, 31))))
    grades: dict[str, int] = {}
    for row in found:
        if row["area"] == "383" and row["phase"] == "all" and row["outcome"]:
            name = {"satisfactory": "requires_improvement"}.get(row["outcome"], row["outcome"])
            grades[name] = grades.get(name, 0) + row["schools"]

    assert grades == {"outstanding": 45, "good": 164, "requires_improvement": 40, "inadequate": 7}
