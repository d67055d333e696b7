"""The parts of a school's page as they are printed: strip, tabs, facts, inspections, rules, history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from steward.access.permissions import Reach
from steward.evidence.queries.figures import Figure
from steward.interface import words
from steward.interface.navigation import Link
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag
from steward.pages.queries.lineage import InspectionLine, Relative
from steward.pages.queries.school import SchoolHeader, SchoolIdentity
from steward.pages.queries.school_measures import SchoolMeasures
from steward.pages.queries.school_proposal import FoundLine, RuleLine, SchoolProposal
from steward.pages.views.measure_parts import figure_address
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Standing
from steward.vocabulary.values import Reason

_FACTS = ("roll", "free_school_meals", "english_additional_language", "sen_support", "ehc_plan")
_MORE_FACTS = ("free_school_meals_ever_six", "pupil_teacher_ratio")
NOT_RECORDED = Reason.NOT_RECORDED.label


@dataclass(frozen=True, slots=True)
class FactLists:
    """The facts of a school: about its pupils, and about the school itself."""

    pupils: list[Fact]
    school: list[Fact]


@dataclass(frozen=True, slots=True)
class FindingPart:
    """A value behind a rule, with links to the figure and to the row where it stands printed."""

    about: str
    value: str
    value_href: str
    said: str
    """The pupils behind it and when, or why it is not known."""
    source: str
    source_href: str


@dataclass(frozen=True, slots=True)
class RulePart:
    """A rule as it is printed; `findings` only where they say more than `because`."""

    rule: RuleLine
    kind: str
    effect: str
    findings: tuple[FindingPart, ...]


@dataclass(frozen=True, slots=True)
class EarlierResults:
    """The results printed under one earlier URN."""

    urn: int
    name: str
    table: Table


def caption(school: SchoolIdentity) -> str:
    """Return what stands above the name: phase, type, trust or how it is run, and ward."""
    run_by = school.trust or school.governance.label
    ward = f"{school.ward} Ward" if school.ward and "ward" not in school.ward.lower() else school.ward
    return ", ".join(part for part in (school.phase.label, school.type, run_by, ward) if part)


def tabs(shown: SchoolHeader, *, current: str) -> list[Link]:
    """Return the sub-navigation of a school; without the proposal for who may not see it."""
    named = {
        "school": "Overview",
        "school-performance": "Performance",
        "school-similar": "Similar schools",
        "school-accountability": "Accountability",
        "school-inspections": "Inspections",
        "school-proposal": "Proposal",
        "school-history": "History",
    }
    if not shown.may_see_proposal:
        del named["school-proposal"]
    links = [
        Link(text, reverse(f"pages:{name}", args=[shown.school.urn]), current=name == current)
        for name, text in named.items()
    ]
    if shown.may_see_groups:
        links.append(Link("Groups", reverse("equality:school", args=[shown.school.urn])))
    if shown.may_see_early_warning:
        links.append(Link("Early warning", reverse("early_warning:school", args=[shown.school.urn])))
    return links


def strip(shown: SchoolHeader) -> list[Fact]:
    """Return the facts that stand above every tab."""
    school = shown.school
    facts = [Fact("URN", str(school.urn)), Fact("LAESTAB", school.laestab or NOT_RECORDED)]
    if shown.may_see_proposal:
        facts.append(Fact("Proposed by the policy", _proposal_cell(shown.proposal)))
    latest = shown.latest_inspection
    if latest is None:
        facts.append(Fact("Latest inspection", "Not yet inspected, or in no list loaded"))
    else:
        note = f"{words.day(latest.inspected_on)}, {latest.framework}{_under(latest)}"
        facts.append(Fact("Latest inspection", Cell(latest.sentence, note=note)))
    facts.append(Fact("Link officer", shown.link_officer or NOT_RECORDED))
    return facts


def _proposal_cell(proposal: SchoolProposal | None) -> object:
    if proposal is None:
        return "No proposal has been worked out"
    return Cell(proposal_tag(proposal), note=f"as at {words.day(proposal.as_at)}")


def proposal_tag(proposal: SchoolProposal) -> Tag:
    """Return the proposal as a word with the shape of its concern."""
    if not proposal.settled or proposal.concern is None:
        return Tag("Not settled", Concern.UNSETTLED)
    scale = (Concern.NONE, Concern.LOW, Concern.MEDIUM, Concern.HIGH)
    place = round(proposal.concern * (len(scale) - 1) / max(proposal.most_concern, 1))
    return Tag(proposal.label, scale[place])


def _under(line: InspectionLine) -> str:
    if line.earlier_urn is not None:
        return f", under URN {line.earlier_urn}"
    return ", before this school opened" if line.before_opening else ""


def notice(school: SchoolIdentity) -> str:
    """Return a sentence for a school that is not open, else nothing."""
    if school.standing is Standing.CLOSED:
        when = f" on {words.day(school.closed_on)}" if school.closed_on else ""
        return f"This school closed{when}. What it did is kept here."
    if school.standing is Standing.PROPOSED:
        return "This school is proposed and has not opened."
    if school.standing is Standing.UNKNOWN:
        return (
            "This school is not in the newest register, so whether it is open is not known. "
            f"It was last listed on {words.day(school.as_at)}."
        )
    return ""


def facts_of(school: SchoolIdentity, *, measures: SchoolMeasures) -> FactLists:
    """Return the facts of the overview, about the pupils and about the school."""
    by_code = {one.indicator.id: one for one in measures.current}
    facts = []
    for code in (*_FACTS, *_MORE_FACTS):
        if code not in by_code:
            continue
        one = by_code[code]
        href = figure_address(one.figure.urn, code=code, period=one.figure.period)
        value = words.value_in_words(one.figure.value, measured=one.indicator)
        england = one.england
        beside = (
            ""
            if england is None
            else f"; England {words.value_in_words(england.figure.value, measured=one.indicator)}"
        )
        facts.append(
            Fact(one.indicator.title, Cell(value, href, note=f"{AcademicYear(one.figure.period)}{beside}"))
        )
    described = {
        "Ages": school.ages,
        "Gender": school.gender,
        "Religious character": school.religious_character,
        "Admissions": school.admissions,
        "Address": school.address,
        "Opened": words.day(school.opened_on) if school.opened_on else "",
    }
    return FactLists(facts, [Fact(label, text or NOT_RECORDED) for label, text in described.items()])


def inspections_table(shown: SchoolHeader) -> Table:
    """Return every inspection, each in the words of its own framework."""
    columns = (
        Column("Inspected"),
        Column("Outcome"),
        Column("Framework"),
        Column("Held under"),
        Column("Printed in"),
    )
    rows = tuple(
        (
            Cell(words.day(line.inspected_on), note=_other_days(line)),
            Cell(line.outcome, note=line.category),
            line.framework,
            _held_under(line, opens=shown.opens),
            Cell(
                f"List of {words.day(line.as_at)}, row {words.number(line.row)}",
                reverse("evidence:row", args=[line.release, line.row]),
            ),
        )
        for line in shown.inspections
    )
    return Table("Every inspection in the files loaded", columns, rows)


def _school_address(urn: int, *, opens: Reach) -> str:
    return reverse("pages:school", args=[urn]) if opens.covers(urn) else ""


def _other_days(line: InspectionLine) -> str:
    days = " or ".join(words.day(day) for day in line.other_days)
    return f"{days} in other lists" if days else ""


def _held_under(line: InspectionLine, *, opens: Reach) -> object:
    if line.earlier_urn is not None:
        return Cell(
            f"URN {line.earlier_urn}",
            _school_address(line.earlier_urn, opens=opens),
            note="a school this one followed",
        )
    if line.before_opening:
        return Cell("An earlier URN", note="before this school opened; the list does not say which")
    return "This school"


def rule_parts(rules: Iterable[RuleLine], *, urn: int, titles: dict[str, str]) -> list[RulePart]:
    """Return rules as they are printed; `titles` names the releases they rest on."""
    return [
        RulePart(
            rule=rule,
            kind={"rule": "Rule", "signal": "Signal", "adjuster": "Adjuster"}.get(rule.kind, rule.kind),
            effect=_effect(rule),
            findings=tuple(
                dict.fromkeys(
                    _finding(found, urn=urn, titles=titles)
                    for found in rule.findings
                    if found.release or found.indicator
                )
            ),
        )
        for rule in rules
    ]


def _effect(rule: RuleLine) -> str:
    if rule.must_be_answered:
        return "An officer must answer this: it could mean more concern"
    if rule.decides:
        return f"Decides the proposal{f': {rule.gives}' if rule.gives else ''}"
    return f"Would give: {rule.gives}" if rule.gives else ""


def _finding(found: FoundLine, *, urn: int, titles: dict[str, str]) -> FindingPart:
    indicator, period = found.indicator, found.period
    value = href = ""
    if indicator is not None and found.value is not None:
        value = words.with_unit(words.number(found.value, decimals=indicator.decimals), unit=indicator.unit)
    if value and indicator is not None and period is not None:
        href = figure_address(found.urn or urn, code=indicator.id, period=period)
    about = indicator.title if indicator is not None else ""
    pupils = "" if found.cohort is None else words.counted(round(found.cohort), one="pupil")
    said = ["" if value else found.reason, pupils, _when(period, found.on)]
    return FindingPart(
        about=about,
        value=value,
        value_href=href,
        said=", ".join(part for part in said if part),
        source=titles.get(found.release, ""),
        source_href=_row_address(found.release, found.row),
    )


def _when(period: int | None, on: date | None) -> str:
    return words.day(on) if on else str(AcademicYear(period)) if period else ""


def _row_address(release: str, row: int | None) -> str:
    if not release:
        return ""
    return (
        reverse("evidence:row", args=[release, row]) if row else reverse("evidence:release", args=[release])
    )


def relatives_table(relatives: Sequence[Relative], *, title: str, opens: Reach) -> Table:
    """Return predecessors or successors with their dates, linked where their pages open."""
    columns = (Column("School"), Column("URN"), Column("Link"), Column("Since"), Column("Closed"))
    rows = tuple(
        (
            Cell(one.name, _school_address(one.urn, opens=opens)) if one.name else "In no register loaded",
            str(one.urn),
            one.relation or NOT_RECORDED,
            words.day(one.since),
            words.day(one.closed_on) if one.name else NOT_RECORDED,
        )
        for one in relatives
    )
    return Table(title, columns, rows)


def earlier_results(shown: SchoolHeader, *, measures: SchoolMeasures) -> list[EarlierResults]:
    """Return the results printed under each earlier URN, nearest first; none without a result."""
    titles = {one.indicator.id: one.indicator for one in (*measures.current, *measures.earlier)}
    found = []
    for relative in shown.predecessors:
        figures = [one for one in measures.figures if one.urn == relative.urn and one.indicator in titles]
        if not figures:
            continue
        periods = sorted({one.period for one in figures})
        by_key = {(one.indicator, one.period): one for one in figures}
        rows = tuple(
            (
                indicator.title,
                *(_result(by_key.get((code, period)), measured=indicator) for period in periods),
            )
            for code, indicator in titles.items()
            if any((code, period) in by_key for period in periods)
        )
        columns = (Column("Measure"), *(Column(str(AcademicYear(one)), numeric=True) for one in periods))
        table = Table(f"Results under URN {relative.urn}", columns, rows, hide_caption=True)
        found.append(EarlierResults(relative.urn, relative.name, table))
    return found


def _result(figure: Figure | None, *, measured: words.Measured) -> object:
    if figure is None:
        return "No figure"
    href = figure_address(figure.urn, code=figure.indicator, period=figure.period)
    return Cell(words.value_in_words(figure.value, measured=measured), href)


def timeline_of(shown: SchoolHeader, *, successors: Sequence[Relative]) -> list[Happening]:
    """Return what happened to the school by its published records, newest first."""
    school = shown.school
    found: list[Happening] = []
    if school.opened_on:
        run_by = school.trust or ("the council" if school.governance is Governance.MAINTAINED else "")
        found.append(Happening(f"Opened as URN {school.urn}", school.opened_on, by=run_by))
    if school.closed_on:
        found.append(Happening("Closed", school.closed_on))
    for relative, word in [(one, "Followed") for one in shown.predecessors] + [
        (one, "Followed by") for one in successors
    ]:
        if relative.since:
            name = f"{word} {relative.name or f'URN {relative.urn}'}"
            href = _school_address(relative.urn, opens=shown.opens) if relative.name else ""
            found.append(Happening(name, relative.since, text=relative.relation, href=href))
    found.extend(
        Happening(f"Inspected: {line.sentence}", line.inspected_on, text=f"{line.framework}{_under(line)}")
        for line in shown.inspections
        if line.inspected_on
    )
    return sorted(found, key=lambda one: str(one.at), reverse=True)
