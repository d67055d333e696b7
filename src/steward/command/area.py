"""`steward area`: what is known of an authority, in short or for scripts."""

import datetime
import json

import click
from django.utils import timezone

from steward.command import plain
from steward.command.plain import Plain
from steward.command.setup import ensure_migrated
from steward.command.viewer import CommandLine
from steward.interface import words
from steward.pages.queries import area as queries
from steward.pages.queries import area_measures, area_standing, school_proposal
from steward.pages.queries.area import AreaOverview
from steward.pages.queries.area_measures import THEMES, AreaBooks, AreaMeasure
from steward.pages.queries.area_standing import InspectionStanding, NothingSoEarly
from steward.pages.queries.school_proposal import SchoolProposal
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.identifiers import parse_authority_code


@click.command("area")
@click.argument("code")
@click.option("--as-at", "as_at", default="", metavar="DATE", help="Day asked about, such as 2013-12-31.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts: every figure and proposal.")
def command(code: str, *, as_at: str, as_json: bool) -> None:
    """Show an authority by its three-digit CODE: inspections, indicators and proposals, as its page does.

    Inspections are those of the newest list on or before the day; figures are those of school years
    that had ended by then. Proposals exist for the authority served.
    """
    authority = parse_authority_code(code)
    day = plain.parse_day(as_at) if as_at else None
    ensure_migrated()
    found = queries.overview(authority, as_at=day or timezone.localdate())
    if found.why_none and not found.measures.current:
        raise NothingSoEarly(found.why_none)
    proposals = school_proposal.proposals_of(authority, viewer=CommandLine(), as_at=day)
    if as_json:
        click.echo(json.dumps(_plain(found, proposals=proposals), indent=2, ensure_ascii=False))
        return
    for line in _lines(found, proposals=proposals):
        click.echo(line)


def _plain(found: AreaOverview, *, proposals: list[SchoolProposal]) -> Plain:
    authority, standing = found.authority, found.inspections
    snapshot = None if standing is None else {"as_at": plain.day(standing.as_at), "release": standing.release}
    return {
        "authority": {"code": authority.code, "name": authority.name, "region": authority.region or None},
        "as_at": plain.day(found.as_at),
        "newest_year": found.newest_year,
        "snapshot": snapshot,
        "inspections": None if standing is None else _inspections(standing),
        "no_inspections_because": found.why_none or None,
        "indicators": _indicators(queries.books_of(authority), as_at=found.as_at),
        "proposals": [plain.proposal(one) for one in proposals],
    }


def _inspections(found: InspectionStanding) -> Plain:
    keys = [key for key, _ in area_standing.grade_keys(found.phases)]
    return {one.own.phase: plain.standing(one, keys=keys) for one in found.phases}


def _indicators(books: AreaBooks, *, as_at: datetime.date) -> list[Plain]:
    """Return every figure, each version and basis apart, with the region's and England's like it."""
    return [
        {
            **plain.measured(figure.indicator, period=figure.period),
            **(plain.area_figure(figure) or {}),
            "region": plain.area_figure(books.region.like(figure)) if books.region else None,
            "england": plain.area_figure(books.england.like(figure)),
        }
        for figure in area_measures.figures_until(books.authority, as_at=as_at)
    ]


def _lines(found: AreaOverview, *, proposals: list[SchoolProposal]) -> list[str]:
    authority = found.authority
    region = f", {authority.region}" if authority.region else ""
    lines = [f"{authority.name} ({authority.code}){region}, as at {words.day(found.as_at)}", ""]
    if found.inspections is None:
        lines.append(found.why_none or "No list of inspection outcomes that has been loaded has it.")
    else:
        lines += [area_standing.sentence(found.inspections, name=authority.name), ""]
        lines += _standing_lines(found.inspections)
    for theme, title in THEMES.items():
        measures = found.measures.of_theme(theme)
        if measures:
            lines += ["", title, *(_measure_line(one) for one in measures)]
    return [*lines, *_proposal_lines(proposals)]


def _standing_lines(found: InspectionStanding) -> list[str]:
    lines = []
    for one in found.phases:
        grades = ", ".join(f"{grade.schools} {grade.label.lower()}" for grade in one.grades)
        share = one.own.share_good
        good = "" if share is None else f"; {words.number(share, decimals=1)}% good or better"
        schools = words.counted(one.own.schools, one="school")
        rest = f"{one.own.not_inspected} not inspected{good}"
        lines.append(f"  {one.phase_label}: {schools}: {grades or 'none inspected'}, {rest}")
    return lines


def _measure_line(one: AreaMeasure) -> str:
    newest = one.newest
    value = words.value_in_words(newest.value, measured=one.indicator)
    phase = f", {one.phase_label.lower()}" if one.phase_label else ""
    told = [area_measures.basis_words(newest.figure)] if newest.figure else []
    told += [area_measures.other_words(other, indicator=one.indicator) for other in one.others]
    basis = f" ({'; '.join(told)})" if told else ""
    gap = f"; {one.gap.words}" if one.gap else ""
    return f"  {one.indicator.title}{phase}: {value} in {AcademicYear(newest.period)}{basis}{gap}"


def _proposal_lines(proposals: list[SchoolProposal]) -> list[str]:
    if not proposals:
        return []
    counts: dict[str, int] = {}
    for one in proposals:
        counts[one.label] = counts.get(one.label, 0) + 1
    asked = words.counted(len(proposals), one="school")
    lines = ["", f"Proposals for {asked}, as at {words.day(proposals[0].as_at)}"]
    return lines + [f"  {label}: {count}" for label, count in sorted(counts.items())]
