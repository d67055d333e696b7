"""Ofsted's management information of 2013 to 2015, and the history of inspections."""

from typing import NamedTuple

import numpy as np

from steward.sample.arrays import NEVER, Flags, Ints, Texts, day, texts
from steward.sample.england import England
from steward.sample.files import Writer, rows_of
from steward.sample.inspections import Found
from steward.sample.kinds import INSPECTED_KINDS, SPONSORED_TYPES, Kind, is_one_of, words
from steward.sample.printing import days, marked, same, whole
from steward.sample.timeline import school_numbers

_PHASES = (
    "Nursery",
    "Primary",
    "Primary",
    "Primary",
    "Secondary",
    "Secondary",
    "Secondary",
    "Special",
    "PRU",
)
_FRAMEWORK_2005_END = day(2009, 9, 1)
_HISTORY_TO = day(2020, 2, 26)
_RENAMED_ON = day(2012, 9, 1)
_LAST_SPACED = 2015


class _Edition(NamedTuple):
    year: int
    as_at: int
    path: str


_EDITIONS = (
    _Edition(2013, day(2013, 12, 31), "ofsted/mi_schools_2013-12-31.csv"),
    _Edition(2014, day(2014, 12, 31), "ofsted/mi_schools_2014-12-31.csv"),
    _Edition(2015, day(2015, 5, 31), "ofsted/mi_schools_2015-05-31.csv"),
)


def write_early_inspections(writer: Writer, england: England) -> None:
    """Write the editions of 31 December 2013, 31 December 2014 and 31 May 2015."""
    for edition in _EDITIONS:
        header = f"inspections_{edition.year}"
        chosen = _inspected(england, edition.as_at)
        writer.write(
            edition.path,
            header=header,
            rows=rows_of(header, _edition_columns(england, chosen=chosen, edition=edition)),
            encoding="utf-8",
            line_end="\r\n",
        )


def write_history(writer: Writer, england: England) -> None:
    """Write every full inspection from 2005, under the URN the school had on the day, newest first."""
    all_, found = england.establishments, england.inspections
    site, round_ = np.nonzero((found.grades > 0) & (found.days <= _HISTORY_TO))
    on, grade = found.days[site, round_], found.grades[site, round_]
    row = establishment_then(england, site=site, on=on)
    order = np.lexsort((-on, all_.urn[row]))
    inadequate, weak = grade == 4, (grade == 3) & (on < _RENAMED_ON)
    rating = texts(["", "Outstanding", "Good", "Requires Improvement", "Inadequate"])[grade]
    rating = marked(marked(rating, where=inadequate, mark="Inadequate"), where=weak, mark="Satisfactory")
    columns = {"URN": whole(all_.urn[row]), "Rating": rating, "Inspection Date": days(on, "%Y%m%d")}
    writer.write(
        "ofsted/inspection_history_2005-2020.csv",
        header="inspection_history",
        rows=rows_of("inspection_history", {name: column[order] for name, column in columns.items()}),
        encoding="utf-8",
        line_end="\r\n",
    )


def establishment_then(england: England, *, site: Ints, on: Ints) -> Ints:
    """Return the establishment that each site was on a day."""
    all_ = england.establishments
    first = np.empty(len(england.sites), dtype=np.int64)
    first[all_.site[~all_.later]] = np.flatnonzero(~all_.later)
    row = first[site]
    return np.where((england.course.converted[site] <= on), all_.other[row], row)


def _inspected(england: England, as_at: int) -> Ints:
    """Return the open schools with an inspection to show: their own, or that of a school they continued."""
    all_ = england.establishments
    found = england.inspections.at(england.inspections.latest(as_at)).take(all_.site)
    fresh = is_one_of(all_.type, SPONSORED_TYPES) & (found.day < all_.opened)
    inspected = is_one_of(england.sites.kind[all_.site], INSPECTED_KINDS)
    return np.flatnonzero(all_.open_on(as_at) & inspected & (found.grade > 0) & ~fresh)


def school_columns(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return the columns that say which school it is, by canonical names."""
    all_, site = england.establishments, england.establishments.site[chosen]
    return {
        "urn": whole(all_.urn[chosen]),
        "laestab": whole(england.authority_codes[site]) + school_numbers(all_.number[chosen]),
        "name": all_.name[chosen],
        "phase": texts([*_PHASES, "", ""])[england.sites.kind[site]],
        "region": england.region_names[site],
        "authority": england.authority_names[site],
        "constituency": england.constituency_names[site],
        "postcode": england.sites.postcode[site],
    }


def _edition_columns(england: England, *, chosen: Ints, edition: _Edition) -> dict[str, Texts]:
    site, school = england.establishments.site[chosen], school_columns(england, chosen)
    all_rounds = england.inspections
    found = all_rounds.at(all_rounds.latest(edition.as_at)).take(site)
    before = all_rounds.at(all_rounds.latest(edition.as_at, back=1)).take(site)
    none = "NULL" if edition.year == 2013 else ""
    spaced = np.where(site % 400 == 11, texts([" "]), texts([""]))
    link = "Report" if edition.year == 2013 else "Ofsted School Webpage"
    columns = {
        "Report link": same(link, len(chosen)),
        "School name": school["name"] + spaced,
        "Ofsted Region": school["region"],
        "Government Office Region": school["region"],
        "Local Authority": school["authority"],
        "Parliamentary Constituency": school["constituency"],
        "Postcode": school["postcode"],
        "Type of Education": words(england.establishments.type[chosen], "ofsted_2013"),
        "Ofsted Phase": school["phase"],
        "Total pupils": whole(england.intakes[min(edition.year, 2014)].roll[site]),
        "Latest inspection date": days(found.day, "%Y-%m-%d"),
        "Overall effectiveness: how good is the school": whole(found.grade),
        "Category": category_marks(found, edition.year),
        "Previous inspection date": _or(days(before.day, "%Y-%m-%d"), found=before, none=none),
        "Previous Overall effectiveness": _or(whole(before.grade), found=before, none=none),
        "Previous_Category": _or(category_marks(before, edition.year), found=before, none=none),
    }
    return _aliased(columns | _judgements(england, site=site, found=found, year=edition.year), school)


def _judgements(england: England, *, site: Ints, found: Found, year: int) -> dict[str, Texts]:
    """Return the lesser judgements; 9 where the framework of the day did not make one."""
    old = found.day < _FRAMEWORK_2005_END
    young = is_one_of(england.sites.kind[site], (Kind.NURSERY, Kind.INFANT, Kind.PRIMARY))
    recent = found.day >= day(2014, 9, 1)
    early_years = np.where(young & recent, found.judgement(5), np.where(young & old, 8, 9))
    sixth = england.sites.sixth_form[site] & recent
    governors = np.where(old, found.judgement(6), 9)
    achievement = np.where(old, 9, found.judgement(0))
    return {
        "Achievement of Pupils": whole(achievement),
        "How well do learners achieve?": whole(np.where(old, found.judgement(0), 9)),
        "Behaviour": whole(np.maximum(found.judgement(1) - (found.lean % 3 == 0), 1)),
        "The quality of teaching": whole(found.judgement(2)),
        "Leadership": whole(found.judgement(3)),
        "Governors": whole(governors),
        "Sixth form": whole(np.where(sixth, found.judgement(4), 9)),
        "Early years": whole(early_years if year > 2013 else np.full(len(site), 9)),
    }


def _aliased(columns: dict[str, Texts], school: dict[str, Texts]) -> dict[str, Texts]:
    """Return the columns under every heading that an edition has had for them."""
    leading = "The effectiveness of leadership and management in embedding ambition and driving improvement"
    governors = (
        "The effectiveness of the governing body in challenging and supporting the school"
        " so that weaknesses are tackled decisively..."
    )
    same_as = {
        "Web Link": columns["Report link"],
        "schoolname": columns["School name"],
        "Type of school": columns["Type of Education"],
        "Achievement of pupils": columns["Achievement of Pupils"],
        "Pupils' behaviour": columns["Behaviour"],
        "Behaviour and safety of pupils": columns["Behaviour"],
        leading: columns["Leadership"],
        "Leadership and management": columns["Leadership"],
        governors: columns["Governors"],
        "Overall effectiveness of the sixth form": columns["Sixth form"],
        "Effectiveness of the sixth form provision": columns["Sixth form"],
        "Overall effectiveness of the Early Years Foundation stage": columns["Early years"],
        "Effectiveness of the Early Years provision": columns["Early years"],
        "previous overall effectiveness": columns["Previous Overall effectiveness"],
        "Previous category": columns["Previous_Category"],
        **dict.fromkeys(("urn", "URN"), school["urn"]),
        **dict.fromkeys(("laestab", "Laestab"), school["laestab"]),
    }
    return columns | same_as


def category_marks(found: Found, year: int) -> Texts:
    """Return categories of concern as printed: special measures with a blank after it until 2015."""
    if year > _LAST_SPACED:
        return found.category
    marks = marked(found.category, where=found.category == "SM", mark="SM ")
    if year == 2015 and (marks == "SM ").any():
        marks[np.flatnonzero(marks == "SM ")[0]] = "SM"
    return marks


def _or(column: Texts, *, found: Found, none: str) -> Texts:
    missing: Flags = found.day == NEVER
    return marked(column, where=missing, mark=none)
