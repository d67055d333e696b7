"""Ofsted's management information of 31 August 2020, with section 8 inspections and URNs at the time."""

import numpy as np

from steward.sample.arrays import NEVER, NO_ROW, Flags, Ints, Texts, day, texts
from steward.sample.england import England
from steward.sample.files import Writer, rows_of
from steward.sample.inspection_files import category_marks, establishment_then, school_columns
from steward.sample.inspections import LAST_DAY, SHORT_SINCE, Found
from steward.sample.kinds import INSPECTED_KINDS, Kind, is_one_of, words
from steward.sample.printing import days, marked, same, whole
from steward.sample.register_files import admissions, religious_character
from steward.sample.timeline import school_numbers

_AS_AT = day(2020, 8, 31)
_NEW_FRAMEWORK = day(2019, 9, 1)
_EARLY_YEARS_SINCE = day(2014, 9, 1)
_DATE = "%d/%m/%Y"
_S5 = ("S5 Inspection", "S5 Inspection", "Schools - S5")
_REINSPECTION = ("Requires Improvement S5 Reinspection Visit 1",) * 2 + ("Schools - S5",)
_FIRST = ("Academy First Section 5", "Academy First Section 5", "Schools - S5")
_CONVERTED = ("Maintained Academy and School Short inspection", "Section 8 conversion",
              "Schools \N{EN DASH} Section 8 conversion")  # fmt: skip


def write_inspections_2020(writer: Writer, england: England) -> None:
    """Write every open state-funded school with its latest and previous inspection, or blanks."""
    all_ = england.establishments
    inspected = is_one_of(england.sites.kind[all_.site], INSPECTED_KINDS)
    chosen = np.flatnonzero(all_.open_on(_AS_AT) & inspected)
    found, before = (
        england.inspections.at(england.inspections.latest(_AS_AT, back=back)).take(all_.site[chosen])
        for back in (0, 1)
    )
    columns = (
        _school(england, chosen)
        | _short(england, chosen=chosen, found=found)
        | _visit(england, chosen=chosen, found=found, before=before)
        | _full(england, chosen=chosen, found=found, which="latest")
        | _full(england, chosen=chosen, found=before, which="previous")
    )
    writer.write(
        "ofsted/mi_state-funded_schools_2020-08-31.csv",
        header="inspections_2020",
        rows=rows_of("inspections_2020", columns),
        encoding="utf-8",
        line_end="\r\n",
    )


def _school(england: England, chosen: Ints) -> dict[str, Texts]:
    all_, sites, site = england.establishments, england.sites, england.establishments.site[chosen]
    school = school_columns(england, chosen)
    character = religious_character(england, chosen)
    faithful = np.isin(character, ["Church of England", "Roman Catholic", "Christian"])
    sixth = np.where(
        sites.sixth_form[site], texts(["Has a sixth form"]), texts(["Does not have a sixth form"])
    )
    poor = np.argsort(np.argsort(sites.hardship)) * 5 // len(sites) + 1
    none = is_one_of(sites.kind[site], (Kind.NURSERY, Kind.SPECIAL, Kind.ALTERNATIVE))
    return {
        "Web link": same("Ofsted School Webpage", len(chosen)),
        "URN": school["urn"],
        "LAESTAB": school["laestab"],
        "School name": school["name"],
        "Ofsted phase": school["phase"],
        "Type of education": words(all_.type[chosen], "ofsted"),
        "School open date": days(all_.opened[chosen], _DATE),
        "Admissions policy": admissions(england, site),
        "Sixth form": marked(sixth, where=none, mark="Not applicable"),
        "Designated religious character": character,
        "Religious ethos": same("Does not apply", len(chosen)),
        "Faith grouping": np.where(faithful, texts(["Christian"]), texts(["Non-faith"])),
        "Ofsted region": school["region"],
        "Region": school["region"],
        "Local authority": school["authority"],
        "Parliamentary constituency": school["constituency"],
        "Postcode": school["postcode"],
        "The income deprivation affecting children index (IDACI) quintile": marked(
            whole(poor[site]), where=none | (all_.opened[chosen] > day(2019, 9, 2)), mark=""),
        "Total number of pupils": marked(
            whole(england.intakes[2019].roll[site]), where=all_.opened[chosen] > day(2019, 9, 2), mark=""),
    }  # fmt: skip


def _short(england: England, *, chosen: Ints, found: Found) -> dict[str, Texts]:
    """Return the short inspections that good schools have had since their last full one."""
    due = np.maximum(found.day + 1_240 + found.lean % 300, SHORT_SINCE + found.lean % 900)
    held = (found.grade == 2) & (due <= LAST_DAY)
    due = np.where(held, due - (due + 3) % 7 + 1 + found.lean % 3, NEVER)
    then = _then(england, chosen=chosen, on=due, known=held)
    concerns = found.lean % 13
    outcome = texts([
        "School remains Good (Concerns) - S5 Next", "School remains Good (Improving) - S5 Next",
        "School remains Good",
    ])[np.minimum(concerns, 2)]  # fmt: skip
    other = (found.grade >= 3) & (found.lean % 5 == 0)
    return {
        "Latest section 8 inspection number since last full inspection": _numbered(
            due, chosen=chosen, known=held, series=100
        ),
        "Does the section 8 inspection relate to the URN of the current school?": then["own"],
        "URN at time of the section 8 inspection": then["urn"],
        "LAESTAB at time of the section 8 inspection": then["laestab"],
        "School name at time of the latest section 8 inspection": then["name"],
        "School type at time of the latest section 8 inspection": then["type"],
        "Number of section 8 inspections since the last full inspection": _only(same("1", len(chosen)), held),
        "Date of latest section 8 inspection": days(due, _DATE),
        "Section 8 inspection publication date": days(_published(due), _DATE),
        "Did the latest section 8 inspection convert to a full inspection?": _only(
            same("No", len(chosen)), held
        ),
        "Section 8 inspection overall outcome": _only(outcome, held),
        "Number of other section 8 inspections since last full inspection": _only(
            same("1", len(chosen)), other
        ),
    }


def _visit(england: England, *, chosen: Ints, found: Found, before: Found) -> dict[str, Texts]:
    """Return what kind of visit the latest full inspection was."""
    all_ = england.establishments
    first = (all_.opened[chosen] > day(2011, 1, 1)) & (before.day < all_.opened[chosen])
    first &= (found.day >= all_.opened[chosen]) & (found.lean % 3 == 0)
    kind = np.select(
        [before.grade >= 3, first, (found.lean % 17 == 0) & (found.day > SHORT_SINCE)], [1, 2, 3], 0
    )
    named = [_S5, _REINSPECTION, _FIRST, _CONVERTED]
    known = found.grade > 0
    columns = ("Inspection type", "Inspection type grouping", "Event type grouping")
    return {
        column: _only(texts([words_[place] for words_ in named])[kind], known)
        for place, column in enumerate(columns)
    } | {
        "Inspection number of latest full inspection": _numbered(
            found.day, chosen=chosen, known=known, series=0
        )
    }


def _full(england: England, *, chosen: Ints, found: Found, which: str) -> dict[str, Texts]:
    """Return the columns of the latest or the previous full inspection."""
    known, then = found.grade > 0, _then(england, chosen=chosen, on=found.day, known=found.grade > 0)
    end = np.where(known, found.day + found.lean % 2, NEVER)
    when = f"at time of {which} full inspection"
    dates = {
        "Inspection start date": days(found.day, _DATE),
        "Inspection end date": days(end, _DATE),
        "Publication date": days(_published(found.day), _DATE),
    }
    judged = _judgements(england, site=england.establishments.site[chosen], found=found)
    printed = {name: _only(column, known) for name, column in judged.items()}
    columns = {
        f"Does the {which} full inspection relate to the URN of the current school?": then["own"],
        f"URN {when}": then["urn"],
        f"LAESTAB {when}": then["laestab"],
        f"School name {when}": then["name"],
        f"School type {when}": then["type"],
    }
    if which == "latest":
        return columns | dates | printed
    effectiveness = {"Previous full inspection overall effectiveness": printed.pop("Overall effectiveness")}
    previous = {f"Previous {name[0].lower()}{name[1:]}": column for name, column in (dates | printed).items()}
    number = {"Previous full inspection number": _numbered(found.day, chosen=chosen, known=known, series=50)}
    return columns | effectiveness | previous | number


def _judgements(england: England, *, site: Ints, found: Found) -> dict[str, Texts]:
    new = found.day >= _NEW_FRAMEWORK
    young = is_one_of(england.sites.kind[site], (Kind.NURSERY, Kind.INFANT, Kind.PRIMARY))
    recent = found.day >= _EARLY_YEARS_SINCE
    sixth = england.sites.sixth_form[site] & recent
    safe = np.where(found.category == "SM", texts(["No"]), texts(["Yes"]))
    lead = found.judgement(3)
    return {
        "Overall effectiveness": whole(found.grade),
        "Category of concern": category_marks(found, 2020),
        "Quality of education": whole(np.where(new, found.judgement(0), 9)),
        "Behaviour and attitudes": whole(np.where(new, np.maximum(found.judgement(1) - 1, 1), 9)),
        "Personal development": whole(np.where(new, np.maximum(found.judgement(2) - 1, 1), 9)),
        "Effectiveness of leadership and management": whole(lead),
        "Safeguarding is effective?": marked(safe, where=found.day < SHORT_SINCE, mark="9"),
        "Early years provision (where applicable)": whole(
            np.where(young & recent, found.judgement(5), np.where(young & (found.lean % 9 == 0), 8, 9))
        ),
        "Sixth form provision (where applicable)": whole(
            np.where(sixth, np.where(found.lean % 997 == 0, 0, found.judgement(4)), 9)
        ),
    }


def _then(england: England, *, chosen: Ints, on: Ints, known: Flags) -> dict[str, Texts]:
    """Return which establishment the school was on a day, and whether it is the same one still."""
    all_, site = england.establishments, england.establishments.site[chosen]
    row = np.where(known, establishment_then(england, site=site, on=on), chosen)
    row = np.where(row == NO_ROW, chosen, row)
    codes = whole(england.authority_codes[site])
    return {
        "own": _only(np.where(row == chosen, texts(["Yes"]), texts(["No"])), known),
        "urn": _only(whole(all_.urn[row]), known),
        "laestab": _only(codes + school_numbers(all_.number[row]), known),
        "name": _only(all_.name[row], known),
        "type": _only(words(all_.type[row], "ofsted"), known),
    }


def _published(on: Ints) -> Ints:
    """Return the day of publication: about five weeks later, on a weekday."""
    later = on + 33
    weekend = np.maximum((later + 3) % 7 - 4, 0)
    return np.where(on == NEVER, NEVER, later - weekend)


def _numbered(on: Ints, *, chosen: Ints, known: Flags, series: int) -> Texts:
    """Return inspection numbers: letters and six digits at first, eight digits from September 2015."""
    old = texts([f"ITS{300_000 + (row + 977 * series) % 190_000}" for row in chosen.tolist()])
    new = whole(10_000_000 + chosen + 30_000 * series)
    return _only(np.where(on < SHORT_SINCE, old, new), known)


def _only(column: Texts, known: Flags) -> Texts:
    return marked(column, where=~known, mark="")
