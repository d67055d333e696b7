"""The register download in full, of the headline authority: every school it has or had, with trusts."""

import numpy as np

from steward.sample.arrays import NEVER, NO_ROW, Ints, Texts, day, texts, worded
from steward.sample.england import England
from steward.sample.files import Writer, header_names, rows_of
from steward.sample.gias_files import legal_columns, place_columns, pupil_columns
from steward.sample.kinds import ACADEMY_TYPES, SPONSORED_TYPES, Kind, is_one_of, words
from steward.sample.names import REGIONS
from steward.sample.printing import days, marked, same, whole
from steward.sample.trusts import Trusts

_AS_AT = day(2022, 5, 1)
_PHASES = {
    Kind.NURSERY: ("1", "Nursery"), Kind.INFANT: ("2", "Primary"), Kind.JUNIOR: ("2", "Primary"),
    Kind.PRIMARY: ("2", "Primary"), Kind.MIDDLE: ("5", "Middle deemed secondary"),
    Kind.SECONDARY: ("4", "Secondary"), Kind.ALL_THROUGH: ("7", "All-through"),
}  # fmt: skip
_NO_PHASE = ("0", "Not applicable")
_GROUPS = {
    "Maintained school": ("4", "Local authority maintained schools"),
    "Academy": ("10", "Academies"),
    "Special school": ("5", "Special schools"),
    "Independent school": ("3", "Independent schools"),
}


def write_extract(writer: Writer, *, england: England, trusts: Trusts) -> None:
    """Write the establishments of the headline authority, open and closed, in the layout of 140 columns.

    Columns about heads and proprietors are there, as published, and empty.
    """
    all_ = england.establishments
    here = england.sites.authority[all_.site] == 0
    chosen = np.flatnonzero(here & (all_.opened <= _AS_AT) & ~all_.unlisted)
    blank = dict.fromkeys(header_names("gias_full"), same("", len(chosen)))
    columns = legal_columns(england, chosen) | pupil_columns(england, chosen) | place_columns(england, chosen)
    columns |= (
        _standing(england, chosen) | _group(england, chosen=chosen, trusts=trusts) | _codes(england, chosen)
    )
    columns |= {"OfstedRating (name)": blank["Street"], "OfstedLastInsp": blank["Street"]}
    columns["Street"] = england.sites.street[all_.site[chosen]]
    writer.write(
        "register/edubasealldata_aldermere_20220501.csv",
        header="gias_full",
        rows=rows_of("gias_full", blank | columns),
        encoding="cp1252",
        line_end="\r\n",
    )


def _standing(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return whether each is open, and why it opened or closed."""
    all_ = england.establishments
    closed = all_.closed[chosen] <= _AS_AT
    turned = closed & (all_.other[chosen] != NO_ROW)
    opened = np.select([all_.later[chosen], is_one_of(all_.type[chosen], ACADEMY_TYPES)], [1, 2], 0)
    number = closed.astype(np.int64)
    why_closed = np.select([turned, closed], [1, 2], 0)
    return {
        "EstablishmentStatus (code)": worded(["1", "2"], number),
        "EstablishmentStatus (name)": worded(["Open", "Closed"], number),
        "CloseDate": days(np.where(closed, all_.closed[chosen], NEVER), "%d-%m-%Y"),
        "ReasonEstablishmentOpened (code)": worded(["00", "10", "06"], opened),
        "ReasonEstablishmentOpened (name)": worded(
            ["Not applicable", "Academy Converter", "New Provision"], opened
        ),
        "ReasonEstablishmentClosed (code)": worded(["00", "10", "04"], why_closed),
        "ReasonEstablishmentClosed (name)": worded(
            ["Not applicable", "Academy Converter", "Closure"], why_closed
        ),
    }


def _group(england: England, *, chosen: Ints, trusts: Trusts) -> dict[str, Texts]:
    """Return the trust and the sponsor of each academy that is open."""
    all_ = england.establishments
    in_trust = is_one_of(all_.type[chosen], ACADEMY_TYPES)
    sponsored = is_one_of(all_.type[chosen], SPONSORED_TYPES)
    alone = in_trust & (trusts.of_establishment[chosen] >= trusts.single)
    flag = np.select([alone, in_trust], [2, 1], 0)
    name = trusts.names(england, chosen)
    shouted = texts([each.upper() for each in name.tolist()])
    return {
        "TrustSchoolFlag (code)": worded(["0", "3", "5"], flag),
        "TrustSchoolFlag (name)": worded(
            [
                "Not applicable",
                "Supported by a multi-academy trust",
                "Supported by a single-academy trust",
            ],
            flag,
        ),
        "Trusts (code)": marked(whole(90_001 + trusts.of_establishment[chosen]), where=~in_trust, mark=""),
        "Trusts (name)": marked(shouted, where=~in_trust, mark=""),
        "SchoolSponsorFlag (name)": worded(
            ["Not applicable", "Linked to a sponsor"], sponsored.astype(np.int64)
        ),
        "SchoolSponsors (name)": marked(name, where=~sponsored, mark=""),
        "FederationFlag (name)": same("Not under a federation", len(chosen)),
    }


def _codes(england: England, chosen: Ints) -> dict[str, Texts]:
    """Return the columns with codes beside those with words."""
    all_, sites, site = england.establishments, england.sites, england.establishments.site[chosen]
    phase = [_PHASES.get(Kind(kind), _NO_PHASE) for kind in sites.kind[site].tolist()]
    group = [_GROUPS[name] for name in words(all_.type[chosen], "group").tolist()]
    type_codes = [f"{int(code):02d}" for code in words(all_.type[chosen], "gias_code").tolist()]
    region = "ABCDEFGHJ"[int(england.authorities.regions[0]) % len(REGIONS)]
    return {
        "TypeOfEstablishment (code)": texts(type_codes),
        "EstablishmentTypeGroup (code)": texts([code for code, _ in group]),
        "EstablishmentTypeGroup (name)": texts([name for _, name in group]),
        "PhaseOfEducation (code)": texts([code for code, _ in phase]),
        "PhaseOfEducation (name)": texts([name for _, name in phase]),
        "Gender (code)": worded(["3", "2", "1"], sites.gender[site]),
        "OfficialSixthForm (name)": worded(
            ["Does not have a sixth form", "Has a sixth form"], sites.sixth_form[site].astype(np.int64)
        ),
        "GOR (code)": same(region, len(chosen)),
        "DistrictAdministrative (code)": same("E08990001", len(chosen)),
        "GSSLACode (name)": same("E08990001", len(chosen)),
        "AdministrativeWard (code)": texts([f"E0599{ward:04d}" for ward in sites.ward[site].tolist()]),
        "Country (name)": same("United Kingdom", len(chosen)),
    }
