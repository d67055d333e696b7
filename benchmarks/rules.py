"""How long a policy takes over 20,000 schools after an edit, all at once and one school at a time.

The schools are invented, with the indicators, years and inspections that the shipped policy reads. One at a
time is timed on fewer of them and scaled up. All times are of the processor.
"""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.columnar.columns import Columns
from steward.analysis.rules.columnar.evaluating import propose_all
from steward.analysis.rules.proposals import Rulebook, evaluate, open_rulebook
from steward.analysis.rules.ruleset import Ruleset, read_rulesets
from steward.analysis.rules.school_evidence import ROLL, AreaFigures, Figure, Inspection, SchoolEvidence
from steward.regimes.frameworks import read_frameworks
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known, Missing, Reason

SCHOOLS, ALONE, AUTHORITIES = 20_000, 1_000, 150
LIMIT = 0.3
"""Seconds that 20,000 schools may take after an edit."""
AS_AT = date(2019, 12, 31)
YEARS = range(2016, 2020)
OUTCOMES = ("outstanding", "good", "good", "good", "requires_improvement", "inadequate")
_WITHHELD, _SEED = 0.08, 2014


def main() -> int:
    """Print the times; return 1 where an edit takes too long or an answer differs."""
    ruleset = read_rulesets()["four-category"]
    catalogue = Catalogue(read_indicators(), read_frameworks())
    schools = _invented(ruleset)
    columns = Columns(schools)
    book = open_rulebook(ruleset, catalogue=catalogue)
    first = _seconds(lambda: propose_all(book, columns=columns))
    changed = open_rulebook(_edited(ruleset), catalogue=catalogue)
    edit = _seconds(lambda: propose_all(changed, columns=columns))
    some = schools[:ALONE]
    alone = _seconds(lambda: [evaluate(changed, school=each) for each in some]) * SCHOOLS / ALONE
    unequal = _differing(changed, columns=columns)
    print(f"policy over {SCHOOLS:,} schools: first time {first * 1000:.0f} ms, after an edit")
    print(f"{edit * 1000:.0f} ms, {edit / LIMIT:.2f} of the {LIMIT * 1000:.0f} ms asked for;")
    print(f"one school at a time {alone:.1f} s (from {ALONE:,}), {alone / edit:,.0f} times as long.")
    return int(edit > LIMIT or unequal > 0)


def _differing(book: Rulebook, *, columns: Columns) -> int:
    found = propose_all(book, columns=columns)
    return sum(
        evaluate(book, school=columns.schools[place]).category != found.category(place)
        for place in range(ALONE)
        if found.covered[place]
    )


def _edited(ruleset: Ruleset) -> Ruleset:
    """Return the policy with each fixed threshold one unit lower."""
    content = ruleset.model_dump()
    for item in content["signals"] + content["rules"]:
        _lower(item["when"])
    return Ruleset.model_validate(content)


def _lower(condition: dict) -> None:  # type: ignore[type-arg]
    if condition["kind"] in {"below", "above"} and isinstance(condition["than"], float):
        condition["than"] -= 1.0
    inside = condition.get("of", ())
    for each in [inside] if isinstance(inside, dict) else inside:
        _lower(each)


def _invented(ruleset: Ruleset) -> list[SchoolEvidence]:
    chance = random.Random(_SEED)
    names = sorted(ruleset.indicators() | {ROLL})
    years = {name: tuple(reversed(YEARS)) for name in names}
    areas = AreaFigures(
        {
            (Level.ENGLAND, ENGLAND, phase, name, year): Figure(Known(50.0))
            for phase in Phase
            for name in names
            for year in YEARS
        }
    )
    return [_school(place, names=names, years=years, areas=areas, chance=chance) for place in range(SCHOOLS)]


def _school(
    place: int,
    *,
    names: list[str],
    years: dict[str, tuple[int, ...]],
    areas: AreaFigures,
    chance: random.Random,
) -> SchoolEvidence:
    figures = {(name, year): Figure(_value(chance)) for name in names for year in YEARS}
    inspected = AS_AT - timedelta(days=chance.randrange(30, 3000))
    return SchoolEvidence(
        urn=Urn(100001 + place),
        as_at=AS_AT,
        phase=chance.choice((Phase.PRIMARY, Phase.PRIMARY, Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL)),
        governance=chance.choice((Governance.MAINTAINED, Governance.ACADEMY)),
        authority=f"{200 + place % AUTHORITIES}",
        figures=figures,
        years=years,
        areas=areas,
        inspections=(
            Inspection(inspected, "ofsted_2015", chance.choice(OUTCOMES)),
            Inspection(inspected - timedelta(days=1200), "ofsted_2012_september", chance.choice(OUTCOMES)),
        ),
    )


def _value(chance: random.Random) -> Known | Missing:
    if chance.random() < _WITHHELD:
        return Missing(Reason.SUPPRESSED)
    return Known(chance.gauss(50, 15), chance.choice((None, float(chance.randrange(5, 200)))))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
