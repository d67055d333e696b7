"""`steward school`: what is known of one school, in short or for scripts."""

import json
from dataclasses import dataclass

import click

from steward.command import plain
from steward.command.plain import Plain
from steward.command.setup import ensure_migrated
from steward.command.viewer import CommandLine
from steward.evidence import catalogues
from steward.evidence.queries.figures import AreaFigure, Figure
from steward.interface import words
from steward.pages.queries import lineage, sureness
from steward.pages.queries import school as queries
from steward.pages.queries.comparators import AreaBook
from steward.pages.queries.lineage import Relative
from steward.pages.queries.school import SchoolHeader, SchoolIdentity, SchoolOverview
from steward.pages.queries.school_measures import SchoolMeasure
from steward.pages.queries.school_proposal import SchoolProposal
from steward.pages.queries.school_words import MeasureSentence
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.identifiers import parse_urn


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything known of a school."""

    header: SchoolHeader
    overview: SchoolOverview
    successors: list[Relative]


@click.command("school")
@click.argument("urn")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts: every figure and rule.")
def command(urn: str, *, as_json: bool) -> None:
    """Show a school by its URN: measures, inspections, what the policy proposes, and its history."""
    number = parse_urn(urn)
    ensure_migrated()
    header = queries.header(number, viewer=CommandLine())
    found = _Found(header, queries.overview(header), lineage.successors_of(number))
    if as_json:
        click.echo(json.dumps(_plain(found), indent=2, ensure_ascii=False))
        return
    for line in _lines(found):
        click.echo(line)


def _plain(found: _Found) -> Plain:
    header, overview = found.header, found.overview
    return {
        "school": _school(header.school),
        "link_officer": header.link_officer or None,
        "headline": overview.headline.text if overview.headline else None,
        "strongest": [_sentence(one) for one in overview.standing_out.strongest],
        "weakest": [_sentence(one) for one in overview.standing_out.weakest],
        "improved": [_sentence(one) for one in overview.changed.improved],
        "declined": [_sentence(one) for one in overview.changed.declined],
        "indicators": _indicators(found),
        "inspections": [plain.inspection(line) for line in header.inspections],
        "proposal": plain.proposal(header.proposal) if header.proposal else None,
        "predecessors": [plain.relative(one) for one in header.predecessors],
        "successors": [plain.relative(one) for one in found.successors],
    }


def _school(school: SchoolIdentity) -> Plain:
    return {
        "urn": school.urn,
        "laestab": school.laestab or None,
        "name": school.name,
        "phase": school.phase.value,
        "type": school.type or None,
        "governance": school.governance.value,
        "standing": school.standing.value,
        "trust": school.trust or None,
        "ward": school.ward or None,
        "authority": {"code": school.authority, "name": school.authority_name},
        "opened_on": plain.day(school.opened_on),
        "closed_on": plain.day(school.closed_on),
        "as_at": plain.day(school.as_at),
        "release": school.release,
    }


def _sentence(one: MeasureSentence) -> Plain:
    return {"code": one.indicator, "period": one.period, "urn": one.urn, "sentence": one.text}


def _indicators(found: _Found) -> list[Plain]:
    """Return every preferred figure, the school's own and those of the schools it followed."""
    school = found.header.school
    measures = found.overview.measures
    changes = {
        (one.indicator.id, one.figure.urn, one.figure.period): plain.change(one.change)
        for one in (*measures.current, *measures.earlier)
    }
    authority, england = queries.books_beside(school)
    limits = sureness.limits_among(measures.figures)
    return [
        {
            **plain.measured(figure.indicator, period=figure.period),
            "urn": figure.urn,
            **plain.value(figure.value),
            "version": figure.version,
            "release": figure.release,
            "row": figure.row,
            "authority": plain.area_figure(_beside(authority, figure, school=school)),
            "england": plain.area_figure(_beside(england, figure, school=school)),
            "change": changes.get((figure.indicator, figure.urn, figure.period)),
            "sureness": plain.sureness(
                sureness.sureness_of(
                    figure,
                    indicator=catalogues.indicators()[figure.indicator],
                    england=_beside(england, figure, school=school),
                    limits=limits,
                )
            ),
        }
        for figure in measures.figures
    ]


def _beside(book: AreaBook, figure: Figure, *, school: SchoolIdentity) -> AreaFigure | None:
    indicator = catalogues.indicators()[figure.indicator]
    return book.beside(indicator, period=figure.period, phase=school.phase.value)


def _lines(found: _Found) -> list[str]:
    header, overview = found.header, found.overview
    school = header.school
    run_by = school.trust or school.governance.label
    described = ", ".join(part for part in (school.phase.label, school.type, run_by, school.ward) if part)
    lines = [f"{school.name} (URN {school.urn}): {described}; {school.authority_name}"]
    lines += ["", overview.headline.text if overview.headline else "No figures of it have been loaded."]
    for title, sentences in (
        ("Strongest", overview.standing_out.strongest),
        ("Weakest", overview.standing_out.weakest),
        ("Improving", overview.changed.improved),
        ("Declining", overview.changed.declined),
    ):
        lines += _several(title, [one.text for one in sentences])
    lines += _several(
        "Inspections", [_inspection(found, number) for number in range(len(header.inspections))]
    )
    lines += _proposal(header.proposal)
    lines += _several("Figures", [_figure(one) for one in overview.measures.current])
    return lines + _several("Followed", [f"URN {one.urn} {one.name}".strip() for one in header.predecessors])


def _several(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _inspection(found: _Found, number: int) -> str:
    line = found.header.inspections[number]
    under = f", under URN {line.earlier_urn}" if line.earlier_urn else ""
    return f"{words.day(line.inspected_on)}: {line.sentence} ({line.framework}){under}"


def _proposal(proposal: SchoolProposal | None) -> list[str]:
    if proposal is None:
        return []
    lines = [f"{proposal.label}, as at {words.day(proposal.as_at)}. A person decides."]
    lines += [f"{rule.title}: {rule.because}" for rule in proposal.first_reasons]
    return _several("Proposed by the policy", [*lines, proposal.would_change])


def _figure(one: SchoolMeasure) -> str:
    value = words.value_in_words(one.figure.value, measured=one.indicator)
    cohort = one.figure.value.cohort
    pupils = "" if cohort is None else f", {words.counted(round(cohort), one='pupil')}"
    gap = f"; {one.england.gap.words}" if one.england and one.england.gap else ""
    return f"{one.indicator.title}: {value} in {AcademicYear(one.figure.period)}{pupils}{gap}"
