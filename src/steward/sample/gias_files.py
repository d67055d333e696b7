"""The register download (Get Information about Schools): wards, coordinates and links of schools."""

import numpy as np

from steward.sample.arrays import NEVER, NO_ROW, Ints, Texts, day, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, rows_of, wholly_quoted_rows_of
from steward.sample.inspections import Found
from steward.sample.kinds import ACADEMY_TYPES, PRIMARY_KINDS, Kind, Type, is_one_of, words
from steward.sample.printing import days, fixed, marked, same, share, whole
from steward.sample.register_files import admissions, religious_character
from steward.sample.timeline import school_numbers

_AS_AT = day(2022, 4, 27)
_LINKS_AS_AT = day(2019, 9, 1)
_RATINGS = ("", "Outstanding", "Good", "Requires improvement", "Inadequate")
_LANDSCAPES = (
    "(England/Wales) Urban city and town",
    "(England/Wales) Urban major conurbation",
    "(England/Wales) Rural town and fringe",
)


def write_downloads(writer: Writer, england: England) -> None:
    """Write the open state-funded mainstream schools as at 27 April 2022, and the links of 2019."""
    all_ = england.establishments
    mainstream = is_one_of(england.sites.kind[all_.site], (*PRIMARY_KINDS, Kind.MIDDLE, Kind.SECONDARY,
                                                          Kind.ALL_THROUGH))  # fmt: skip
    chosen = np.flatnonzero(mainstream & all_.open_on(_AS_AT) & ~all_.unlisted)
    columns = legal_columns(england, chosen) | pupil_columns(england, chosen) | place_columns(england, chosen)
    writer.write(
        "register/edubasealldata_rebuilt_20220427.csv",
        header="gias",
        rows=rows_of("gias", columns),
        encoding="cp1252",
        line_end="\r\n",
    )
    writer.write(
        "register/links_edubasealldata_20190901.csv",
        header="links",
        rows=_links(england),
        encoding="cp1252",
        line_end="\r\n",
    )


def legal_columns(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return what each school is by law, in words, and its latest rating."""
    all_, site = england.establishments, england.establishments.site[chosen]
    of_type = all_.type[chosen]
    free = is_one_of(of_type, (Type.FREE, Type.STUDIO, Type.TECHNICAL))
    academy = is_one_of(of_type, ACADEMY_TYPES)
    group = np.select([free, academy], [0, 1], 2)
    kind = england.sites.kind[site]
    phase = np.select([kind == Kind.MIDDLE, kind == Kind.SECONDARY, kind == Kind.ALL_THROUGH], [1, 2, 3], 0)
    found = _shown(england, chosen)
    return {
        "URN": whole(all_.urn[chosen]),
        "LA (code)": whole(england.authority_codes[site]),
        "LA (name)": england.authority_names[site],
        "EstablishmentNumber": school_numbers(all_.number[chosen]),
        "EstablishmentName": all_.name[chosen],
        "TypeOfEstablishment (name)": words(of_type, "information"),
        "EstablishmentTypeGroup (name)": texts(
            ["Free Schools", "Academies", "Local authority maintained schools"]
        )[group],
        "EstablishmentStatus (name)": same("Open", len(chosen)),
        "OpenDate": days(all_.opened[chosen], "%d-%m-%Y"),
        "CloseDate": same("", len(chosen)),
        "PhaseOfEducation (name)": texts(
            ["Primary", "Middle deemed secondary", "Secondary", "All-through"]
        )[phase],
        "StatutoryLowAge": whole(england.sites.age_low[site]),
        "StatutoryHighAge": whole(england.sites.age_high[site]),
        "Gender (name)": texts(["Mixed", "Girls", "Boys"])[england.sites.gender[site]],
        "ReligiousCharacter (name)": religious_character(england, chosen),
        "AdmissionsPolicy (name)": admissions(england, site),
        "OfstedLastInsp": days(found.day, "%d-%m-%Y"),
        "OfstedRating (name)": texts(list(_RATINGS))[found.grade],
        "LastChangedDate": same("26-04-2022", len(chosen)),
    }  # fmt: skip


def _shown(england: England, chosen: Ints) -> Found:
    """Return the latest inspection under the URN itself; the predecessor's is not shown."""
    all_ = england.establishments
    found = england.inspections.at(england.inspections.latest(_AS_AT)).take(all_.site[chosen])
    own = found.day >= all_.opened[chosen]
    return Found(np.where(own, found.day, NEVER), np.where(own, found.grade, 0), found.category, found.lean)


def pupil_columns(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return places and pupils."""
    site, of_year = england.establishments.site[chosen], england.intakes[2019]
    roll, meals = of_year.roll[site], of_year.meals[site]
    capacity = np.maximum(np.ceil(roll / 0.93 / 30) * 30, 30)
    return {
        "SchoolCapacity": whole(capacity),
        "NumberOfPupils": whole(roll),
        "NumberOfBoys": whole(of_year.boys[site]),
        "NumberOfGirls": whole(of_year.girls[site]),
        "PercentageFSM": fixed(share(meals, roll), places=1),
        "FSM": whole(meals),
    }


def place_columns(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return address, ward and coordinates."""
    sites, site = england.sites, england.establishments.site[chosen]
    area, ward = sites.authority[site].tolist(), sites.ward[site].tolist()
    names, own = england.authority_names[site].tolist(), (site % 5).tolist()
    middle = texts([f"{name} {number + 1:03d}" for name, number in zip(names, ward, strict=True)])
    codes = [a * 60 + w for a, w in zip(area, ward, strict=True)]
    letters = texts(["ABCDE"[number] for number in own])
    number = (sites.easting[site] // 10 + sites.northing[site] // 10) % 97 + 1
    return {
        "Street": whole(number) + " " + sites.street[site],
        "Locality": marked(england.ward_names[site], where=site % 3 > 0, mark=""),
        "Address3": same("", len(site)),
        "Town": sites.town[site],
        "County (name)": same("", len(site)),
        "Postcode": sites.postcode[site],
        "SchoolWebsite": texts([f"https://school-{urn}.example/" for urn in
                                england.establishments.urn[chosen].tolist()]),
        "GOR (name)": england.region_names[site],
        "DistrictAdministrative (name)": england.authority_names[site],
        "AdministrativeWard (name)": england.ward_names[site],
        "ParliamentaryConstituency (name)": england.constituency_names[site],
        "UrbanRural (name)": texts(list(_LANDSCAPES))[np.where(sites.intake[site] < 20, 2, site % 2)],
        "Easting": whole(sites.easting[site]),
        "Northing": whole(sites.northing[site]),
        "MSOA (name)": middle,
        "MSOA (code)": texts([f"E0299{code:04d}" for code in codes]),
        "LSOA (name)": middle + letters,
        "LSOA (code)": texts([f"E019{5 * code + n:05d}" for code, n in zip(codes, own, strict=True)]),
    }  # fmt: skip


def _links(england: England) -> list[Row]:
    """Return links in both directions, in the order of URNs."""
    all_ = england.establishments
    taken_over = (all_.other != NO_ROW) & all_.later & (all_.opened <= _LINKS_AS_AT) & ~all_.unlisted
    after = np.flatnonzero(taken_over)
    before = all_.other[after]
    merged = _mergers(england)
    pairs = [
        (after, before, same("Predecessor", len(after)), all_.opened[after]),
        (before, after, same("Successor", len(after)), all_.closed[before] - 1),
        (merged[0], merged[1], same("Predecessor - merged", len(merged[0])), all_.closed[merged[1]] + 1),
        (merged[1], merged[0], same("Successor - merged", len(merged[0])), all_.closed[merged[1]]),
    ]
    rows: list[Row] = []
    for urn, other, link, since in pairs:
        columns = {
            "URN": whole(all_.urn[urn]),
            "LinkURN": whole(all_.urn[other]),
            "LinkName": all_.name[other],
            "LinkType": link,
            "LinkEstablishedDate": days(np.where(urn % 5 == 0, NEVER, since), "%d-%m-%Y"),
        }
        rows += wholly_quoted_rows_of("links", columns, bare=("URN", "LinkURN"))
    return sorted(rows, key=lambda row: (row[0], row[1]))


def _mergers(england: England) -> tuple[Ints, Ints]:
    """Return (school that went on, school merged into it): half the closures joined such a neighbour."""
    all_, sites = england.establishments, england.sites
    closed = np.flatnonzero((all_.closed < _LINKS_AS_AT) & (all_.other == NO_ROW) & ~all_.unlisted)[::2]
    lasting = all_.open_on(_LINKS_AS_AT) & (all_.other == NO_ROW) & ~all_.unlisted
    chosen = np.flatnonzero(lasting & (sites.steadiness[all_.site] == 1.0))
    place = sites.authority[all_.site] * 100 + sites.kind[all_.site]
    ordered = chosen[np.argsort(place[chosen], kind="stable")]
    first, last = (np.searchsorted(place[ordered], place[closed], side=side) for side in ("left", "right"))
    found = last > first
    near = first + np.arange(len(closed)) % np.maximum(last - first, 1)
    return ordered[near[found]], closed[found]
