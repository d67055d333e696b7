"""How schools stand in inspection: on each framework's own scale, with its own rule for good."""

from dataclasses import dataclass
from datetime import date

import pytest

from factories.small_releases import inspection, inspections, rolls, rows_in
from steward.analysis.indicators.inspections import by_framework, counts, over_time, standing, with_pupils


@dataclass(frozen=True)
class _Framework:
    id: str
    good_or_better: tuple[str, ...] = ()
    below_good: tuple[str, ...] = ()


FRAMEWORKS = (
    _Framework("framework-2012", ("outstanding", "good"), ("requires_improvement", "inadequate")),
    _Framework("report-card-2025"),
)
TABLE = inspections(
    inspection(1, pupils=100.0),
    inspection(2, outcome="outstanding", pupils=300.0),
    inspection(3, outcome="inadequate", pupils=200.0),
    inspection(4, inspected_on=None, framework=None, outcome=None, pupils=50.0),
    inspection(5, framework="report-card-2025", outcome="strong", pupils=50.0),
    inspection(6, outcome=None, mark="9", pupils=50.0),
    inspection(7, authority="384", phase="secondary", outcome="requires_improvement"),
    inspection(1, latest=False, outcome="inadequate", inspected_on=date(2009, 1, 1)),
    inspection(1, as_at=date(2014, 12, 31), release="snapshot-2014", outcome="inadequate"),
)
ROLLS = rolls((7, 2012, 900))


def _counts(day: date) -> dict[tuple[object, object], dict[str, object]]:
    stood = with_pupils(standing(TABLE, as_at=day), roll=ROLLS)
    return {(row["area"], row["phase"]): row for row in rows_in(counts(stood, frameworks=FRAMEWORKS))}


def test_the_latest_snapshot_on_or_before_the_day_counts() -> None:
    assert rows_in(standing(TABLE, as_at=date(2013, 12, 30))) == []
    assert len(rows_in(standing(TABLE, as_at=date(2013, 12, 31)))) == 7
    assert len(rows_in(standing(TABLE, as_at=date(2014, 12, 30)))) == 7
    assert [row["outcome"] for row in rows_in(standing(TABLE, as_at=date(2015, 1, 1)))] == ["inadequate"]


def test_only_outcomes_with_a_rule_enter_the_share() -> None:
    leeds = _counts(date(2013, 12, 31))["383", "all"]

    assert (leeds["schools"], leeds["inspected"], leeds["not_inspected"]) == (6, 5, 1)
    assert (leeds["judged"], leeds["good"], leeds["other"]) == (3, 2, 2)
    assert leeds["share_good"] == pytest.approx(100 * 2 / 3)
    assert leeds["share_good_pupils"] == pytest.approx(100 * 400 / 600)
    assert leeds["pupils_known"] == 100.0


def test_england_is_every_authority_and_pupils_come_from_the_roll_where_the_snapshot_has_none() -> None:
    found = _counts(date(2013, 12, 31))

    assert found["england", "all"]["schools"] == 7
    assert found["384", "secondary"]["pupils_judged"] == 900.0


def test_a_share_of_nothing_is_unknown() -> None:
    table = inspections(inspection(4, inspected_on=None, framework=None, outcome=None))

    found = rows_in(counts(standing(table, as_at=date(2014, 1, 1)), frameworks=FRAMEWORKS))

    assert {row["share_good"] for row in found} == {None}


def test_each_framework_keeps_its_own_scale() -> None:
    found = rows_in(by_framework(standing(TABLE, as_at=date(2013, 12, 31))))
    leeds = {
        (row["framework"], row["outcome"]): row["schools"]
        for row in found
        if row["area"] == "383" and row["phase"] == "all"
    }

    assert leeds == {
        ("framework-2012", "good"): 1,
        ("framework-2012", "outstanding"): 1,
        ("framework-2012", "inadequate"): 1,
        ("framework-2012", None): 1,
        ("report-card-2025", "strong"): 1,
        (None, None): 1,
    }


def test_over_time_has_every_snapshot() -> None:
    found = rows_in(over_time(TABLE, roll=ROLLS, frameworks=FRAMEWORKS))

    days = {row["as_at"] for row in found if row["area"] == "383" and row["phase"] == "all"}
    assert days == {date(2013, 12, 31), date(2014, 12, 31)}
