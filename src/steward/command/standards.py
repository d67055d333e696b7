"""`steward standards`: the annual standards of an authority, in short or for scripts."""

import json

import click

from steward.analysis.comparison.standing_of_areas import AreaChange
from steward.command.plain import Plain
from steward.command.setup import ensure_migrated
from steward.pages.queries import standards as queries
from steward.pages.queries.area_outcomes import AreaOutcome
from steward.pages.queries.standards import Section, Standards
from steward.pages.queries.standards_gaps import GapLine
from steward.vocabulary.identifiers import parse_authority_code
from steward.vocabulary.values import KNOWN, Known, Value


@click.command("standards")
@click.argument("code")
@click.option("--year", type=int, default=None, help="Calendar year in which the school year ends.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts: every section and figure.")
def command(code: str, *, year: int | None, as_json: bool) -> None:
    """Show the annual standards of the authority with three-digit CODE, as its page does.

    Without --year: the newest school year of which the series of areas has a headline figure.
    """
    authority = parse_authority_code(code)
    ensure_migrated()
    found = queries.standards_of(authority, year=year)
    if as_json:
        click.echo(json.dumps(_plain(found), indent=2, ensure_ascii=False))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: Standards) -> list[str]:
    lines = [f"Standards of {found.authority.name} ({found.authority.code}) in {found.school_year}", ""]
    lines.append(found.sentence)
    for section in found.sections:
        lines += ["", section.title, *(f"  {sentence}" for sentence in _sentences(section, found=found))]
    return lines


def _sentences(section: Section, *, found: Standards) -> list[str]:
    said = [queries.sentence_of(one, name=found.authority.name) for one in section.outcomes]
    said += [one.sentence for one in section.gaps]
    said = said or list(section.findings) or ["Nothing has been published for this year."]
    return [*said, f"No figure: {'; '.join(section.without)}."] if section.without else said


def _plain(found: Standards) -> Plain:
    return {
        "authority": {"code": found.authority.code, "name": found.authority.name},
        "year": found.year,
        "school_year": found.school_year,
        "sentence": found.sentence,
        "neighbours": {
            "list": found.company.list.id if found.company.list else None,
            "authorities": list(found.company.neighbours),
        },
        "sections": [_section(one) for one in found.sections],
        "releases": sorted(found.releases),
    }


def _section(section: Section) -> Plain:
    inspections = section.inspections
    return {
        "id": section.id,
        "title": section.title,
        "findings": list(section.findings),
        "measures": [_outcome(one) for one in section.outcomes],
        "without_figure": list(section.without),
        "gaps": [_gap(one) for one in section.gaps],
        "inspections": None
        if inspections is None
        else {
            "as_at": inspections.as_at.isoformat(),
            "schools": inspections.every.own.schools,
            "judged": inspections.every.own.judged,
            "good_or_better": inspections.every.own.good,
        },
    }


def _outcome(one: AreaOutcome) -> Plain:
    newest, change = one.newest, one.change
    figures: Plain = {"measure": one.measure.code, "title": one.title, "unit": one.measure.unit}
    if newest is None:
        return figures
    return {
        **figures,
        "label": newest.label,
        "value": _value(newest.value),
        "status": KNOWN if isinstance(newest.value, Known) else newest.value.reason.value,
        "england": _value(newest.england),
        "region": _value(newest.region),
        "statistical_neighbours": newest.neighbours,
        "rank": one.rank.place if one.rank else None,
        "rank_low": one.rank.low if one.rank else None,
        "rank_high": one.rank.high if one.rank else None,
        "of": one.rank.of if one.rank else None,
        "quarter": one.band.value if one.band else None,
        "change": change.amount if isinstance(change, AreaChange) else None,
        "change_in_words": change.word if isinstance(change, AreaChange) else None,
        "not_compared_because": None if isinstance(change, AreaChange) else change.why,
        "breaches": [{"years": list(breach.years), "why": breach.why} for breach in one.breaches],
        "release": newest.point.release if newest.point else None,
        "row": newest.point.row if newest.point else None,
    }


def _gap(one: GapLine) -> Plain:
    return {
        "title": one.title,
        "label": one.label,
        "group": _value(one.group_value),
        "others": _value(one.others_value),
        "gap": one.gap,
        "year_before": one.before,
        "england": one.england,
    }


def _value(value: Value) -> float | None:
    return value.value if isinstance(value, Known) else None
