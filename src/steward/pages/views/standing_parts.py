"""How schools stand, as it is printed: sentences first, then tables."""

from dataclasses import dataclass

from django.urls import reverse

from steward.analysis.comparison.discovery import LISTS
from steward.interface import words
from steward.interface.charts.figures import Dot, FunnelChart, Limits, Part
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.pages.queries import standing_out as queries
from steward.pages.queries.funnels import TOO_FEW, FunnelFound, Placed
from steward.pages.queries.standing_out import (
    Beyond,
    NamedStanding,
    PhaseCount,
    Shown,
    Side,
    StandingOut,
)
from steward.pages.views.measure_parts import figure_address
from steward.pages.views.publications import publications_of
from steward.vocabulary.values import Known

_CERTAIN = 0.99
_NAMED = 6
_BEYOND = {
    Beyond.CHANCE: "by more than chance",
    Beyond.SPREAD: "by more than chance and the ordinary differences between schools",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a choice in the address."""

    value: str
    text: str
    chosen: bool


def finding(found: StandingOut, *, name: str) -> str:
    """Return what a page says first."""
    if not found.judged:
        return f"No school of {name} can be judged in any measure that has been loaded."
    judged = words.counted(found.judged, one="school")
    how = _BEYOND[found.asked.beyond]
    if not found.schools:
        return f"None of {judged} of {name} differs {how} in its results."
    differ = "differs" if found.schools == 1 else "differ"
    return (
        f"{words.number(found.schools)} of {judged} of {name} {differ} {how} in at least one result, "
        f"not allowing for who the pupils are{_ordinary(found)}. {may_be_chance(found)}"
    )


def may_be_chance(found: StandingOut) -> str:
    """Return how many of the listed schools may be there by chance, in words."""
    about = round(found.expected)
    rate = f"{round(100 * LISTS)} in 100"
    if about < 1:
        return f"At most {rate} schools on such a list are there by chance: here probably none."
    number = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}.get(about, words.number(about))
    return f"Of these {words.number(found.schools)} about {number} may be chance."


def _ordinary(found: StandingOut) -> str:
    """Return how many schools lie outside the ordinary differences too; empty where that is the list."""
    if found.asked.beyond is Beyond.SPREAD:
        return ""
    if not found.unusual:
        return ", but none could be shown to differ by more than schools of its phase ordinarily do"
    count = words.counted(found.unusual, one="of them lies", many="of them lie")
    return f", and {count} outside how schools of their phase ordinarily differ"


def phase_table(found: StandingOut) -> Table:
    """Return the counts of each phase."""
    columns = (
        Column("Phase"),
        Column("Schools judged", numeric=True),
        Column("Weaker in a measure", numeric=True),
        Column("Stronger in a measure", numeric=True),
        Column("Too few pupils to say", numeric=True),
    )
    rows = tuple(_phase_row(one, asked=found.asked) for one in found.phases)
    return Table("Schools that stand out, by phase", columns, rows)


def _phase_row(one: PhaseCount, *, asked: queries.Asked) -> tuple[object, ...]:
    plain = f"?phase={one.phase.value}{'&years=3' if asked.pooled else ''}"
    plain += f"&beyond={asked.beyond.value}"
    return (
        Cell(one.phase.label, plain),
        Cell(words.number(one.judged), f"{plain}&show=every"),
        Cell(words.number(one.weaker), f"{plain}&side=weaker" if one.weaker else ""),
        Cell(words.number(one.stronger), f"{plain}&side=stronger" if one.stronger else ""),
        Cell(words.number(one.few), f"{plain}&show=few" if one.few else ""),
    )


@dataclass(frozen=True, slots=True)
class SchoolFold:
    """The results listed of one school, folded under a line that says how many there are of each kind."""

    summary: str
    href: str
    table: Table


def folds(rows: list[NamedStanding], *, code: str) -> list[SchoolFold]:
    """Return the results of a page school by school, in the order in which each school comes first."""
    by_school: dict[int, list[NamedStanding]] = {}
    for one in rows:
        by_school.setdefault(one.standing.urn, []).append(one)
    return [_fold(listed, code=code) for listed in by_school.values()]


def _fold(listed: list[NamedStanding], *, code: str) -> SchoolFold:
    school = listed[0]
    return SchoolFold(
        summary=f"{school.name}{', now closed' if school.closed else ''}: {_kinds(listed)}",
        href=reverse("pages:school-performance", args=[school.standing.urn]),
        table=_list_table(listed, code=code, name=school.name),
    )


def _kinds(listed: list[NamedStanding]) -> str:
    """Return "weaker in 2 results, stronger in 1" of the results listed."""
    telling = [one for one in listed if one.standing.unlikely or one.standing.unusual]
    said = []
    for side in Side:
        count = sum(one.side is side for one in telling)
        if count:
            said.append(f"{side.value} in {words.counted(count, one='result')}")
    few = sum(one.standing.few for one in listed)
    rest = len(listed) - len(telling) - few
    said += [f"{words.number(few)} on too few pupils to say"] if few else []
    said += [f"{words.number(rest)} that chance could explain"] if rest else []
    return ", ".join(said)


def _list_table(rows: list[NamedStanding], *, code: str, name: str) -> Table:
    """Return the standings of a school as a table: the verdict in words before any number."""
    columns = (
        Column("Measure"),
        Column("What is said"),
        Column("Figure", numeric=True),
        Column("Pupils", numeric=True),
        Column("Best estimate", numeric=True),
        Column("Rank here", numeric=True),
    )
    found = tuple(_row(one, code=code) for one in rows)
    return Table(f"Results of {name}", columns, found, hide_caption=True)


def _row(one: NamedStanding, *, code: str) -> tuple[object, ...]:
    standing, measured = one.standing, one.indicator
    funnel = reverse("pages:funnel", args=[code, measured.id])
    asked = f"?phase={standing.phase.value}{'&years=3' if standing.pooled else ''}"
    return (
        Cell(measured.title, funnel + asked, one.years),
        verdict_cell(one),
        figure_cell(one),
        words.number(standing.pupils),
        estimate_cell(one),
        rank_cell(one),
    )


def school_cell(one: NamedStanding) -> Cell:
    """Return the name of a school as a link to its figures."""
    note = one.standing.phase.label + (", now closed" if one.closed else "")
    return Cell(one.name, reverse("pages:school-performance", args=[one.standing.urn]), note)


def verdict_cell(one: NamedStanding) -> Cell:
    """Return the verdict as a tag with its words."""
    standing = one.standing
    if standing.few or not (standing.unlikely or standing.unusual):
        return Cell(one.verdict)
    concern = Concern.NONE
    if one.side is Side.WEAKER:
        concern = Concern.HIGH if standing.unusual else Concern.MEDIUM
    return Cell(Tag(one.side.value.capitalize(), concern), note=one.verdict)


def figure_cell(one: NamedStanding) -> Cell:
    """Return the figure with what it is held against; a single year opens its evidence."""
    standing = one.standing
    href = (
        ""
        if standing.pooled
        else figure_address(standing.urn, code=standing.indicator, period=standing.period)
    )
    beside = "England" if standing.beside_england else "their like"
    return Cell(_written(standing.value, one), href, f"{beside} {_written(standing.target, one)}")


def estimate_cell(one: NamedStanding) -> Cell:
    """Return the best estimate with its range and how likely it is on its side."""
    standing = one.standing
    if standing.estimate is None or standing.low is None or standing.high is None:
        return Cell("Not worked out")
    return Cell(
        _written(standing.estimate, one),
        note=f"{_written(standing.low, one)} to {_written(standing.high, one)}; {likely(one)}",
    )


def likely(one: NamedStanding) -> str:
    """Return how likely the true value lies on the likelier side, such as "97% likely below"."""
    below = one.standing.below
    if below is None:
        return ""
    side, probable = ("below", below) if below >= 1 / 2 else ("above", 1 - below)
    if probable > _CERTAIN:
        return f"over 99% likely {side}"
    return f"{int(100 * probable)}% likely {side}"


def rank_cell(one: NamedStanding) -> Cell:
    """Return the rank, never without the range of ranks."""
    rank = one.standing.rank
    if rank is None:
        return Cell("Not ranked")
    return Cell(
        f"{rank.low} to {rank.high}", note=f"of {rank.among} that can be judged; middle {rank.middle}"
    )


def _written(value: float, one: NamedStanding) -> str:
    decimals = one.indicator.decimals
    places = max(decimals, 1) if one.standing.pooled and one.indicator.unit == "percent" else decimals
    return words.with_unit(words.number(value, decimals=places), unit=one.indicator.unit)


def funnel_finding(found: FunnelFound) -> str:
    """Return the title of a funnel as a finding."""
    below, above = (
        [sum(found.count(f"{side} the {name} limit") for name in names) for names in (("99.8%",), ("95%",))]
        for side in ("Below", "Above")
    )
    schools = words.counted(len(found.schools), one=f"{found.phase.label.lower()} school")
    if not (sum(below) or sum(above)):
        return f"{found.indicator.title}: all of {schools} lie within the limits, {found.years}"
    return (
        f"{found.indicator.title}: of {schools}, {below[0]} lie below and {above[0]} above the outer limits, "
        f"and {below[1]} and {above[1]} between the limits, {found.years}"
    )


def funnel_chart(found: FunnelFound) -> FunnelChart:
    """Return the funnel as a figure; schools outside the outer limits are named."""
    outer = [one for one in found.schools if "99.8%" in one.where]
    outer.sort(key=lambda one: one.school.standing.chance or 0.0)
    labelled = {id(one) for one in outer[:_NAMED]}
    kept_by = "chance alone" if found.beyond is Beyond.CHANCE else "chance and the ordinary spread of schools"
    return FunnelChart(
        title=funnel_finding(found),
        description=(
            f"{found.indicator.title} of each school against its number of pupils, with the limits that "
            f"{kept_by} would keep. The table says the same."
        ),
        unit=found.indicator.unit,
        decimals=found.indicator.decimals,
        dots=tuple(_dot(one, labelled=id(one) in labelled) for one in found.schools),
        target=found.target,
        limits=tuple(Limits(curve.name, curve.lower, curve.upper) for curve in found.curves),
        crowd=found.others,
        kept_by=kept_by,
        target_name="England" if found.beside == "England" else "Their like",
        crowd_name=f"Other {found.phase.label.lower()} schools in England",
        id=f"funnel-{found.indicator.id.replace('_', '-')}",
        measure=f"{found.indicator.title} of each school, {found.indicator.unit}, {found.years}",
        cohort=_pupils_of(found),
        source=publications_of(found.indicator, years={one.school.standing.period for one in found.schools}),
    )


def _pupils_of(found: FunnelFound) -> str:
    """Return "12 to 240 pupils a school, 3,012 schools"."""
    sizes = [*(one.school.standing.pupils for one in found.schools), *(size for size, _ in found.others)]
    most = words.counted(round(max(sizes)), one="pupil")
    schools = words.counted(len(sizes), one="school")
    return f"{words.number(min(sizes))} to {most} a school, {schools}"


def _dot(one: Placed, *, labelled: bool) -> Dot:
    standing = one.school.standing
    return Dot(
        name=one.school.name,
        cohort=standing.pupils,
        value=Known(standing.value, standing.pupils),
        part=Part.AUTHORITY,
        href=reverse("pages:school-performance", args=[standing.urn]),
        labelled=labelled,
        verdict=one.where,
    )


def funnel_table(found: FunnelFound, *, rows: list[Placed], sort: str) -> Table:
    """Return the authority's schools of a funnel with estimate and rank."""
    columns = (
        Column("School", sort=queries.NAME),
        Column("Where it lies", sort=queries.SURE),
        Column("Figure", numeric=True),
        Column("Pupils", numeric=True, sort=queries.PUPILS),
        Column("Best estimate", numeric=True, sort=queries.ESTIMATE, minor=True),
        Column("Rank here", numeric=True, minor=True),
    )
    listed = tuple(
        (
            school_cell(one.school),
            one.where if one.where != TOO_FEW else Cell(TOO_FEW),
            figure_cell(one.school),
            words.number(one.school.standing.pupils),
            estimate_cell(one.school),
            rank_cell(one.school),
        )
        for one in rows
    )
    return Table(f"{found.indicator.title}, school by school", columns, listed, sorted_by=sort)


def left_out_words(found: FunnelFound) -> str:
    """Return how many schools of the phase are left out: "2 of 39 secondary schools are left out"."""
    count = len(found.left_out)
    every = words.counted(count + len(found.schools), one=f"{found.phase.label.lower()} school")
    return f"{words.number(count)} of {every} {'is' if count == 1 else 'are'} left out of the ranks"


def left_out_table(found: FunnelFound) -> Table | None:
    """Return the schools of the phase that are in no rank, with the reason; None where there are none."""
    if not found.left_out:
        return None
    rows = tuple(
        (
            Cell(
                one.name,
                reverse("pages:school-performance", args=[one.urn]),
                "now closed" if one.closed else "",
            ),
            one.why,
        )
        for one in found.left_out
    )
    return Table("Schools left out, with the reason", (Column("School"), Column("Why")), rows)


SHOWN = {
    Shown.LISTED: "Those that stand out",
    Shown.EVERY: "Every school and measure judged",
    Shown.FEW: "Those with too few pupils to say",
}
BEYOND = {
    Beyond.CHANCE: "Chance",
    Beyond.SPREAD: "Chance and ordinary differences",
}
LIMITS = {Beyond.SPREAD: "Chance and ordinary differences", Beyond.CHANCE: "Chance alone"}
"""The limits of a funnel, first those it opens with."""
ORDERS = {
    queries.SURE: "What most needs a look first",
    queries.NAME: "School, from A to Z",
    queries.MEASURE: "Measure",
    f"-{queries.PUPILS}": "Most pupils first",
    queries.PUPILS: "Fewest pupils first",
    queries.ESTIMATE: "Lowest best estimate first",
    f"-{queries.ESTIMATE}": "Highest best estimate first",
}
SIDES = {"": "Weaker and stronger", Side.WEAKER.value: "Weaker", Side.STRONGER.value: "Stronger"}
