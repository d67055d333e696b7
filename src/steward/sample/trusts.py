"""Trusts and sponsors of academies, and the file of links between groups and their academies."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import NEVER, Chance, Ints, Texts, day, texts
from steward.sample.england import England
from steward.sample.files import Row, Writer, wholly_quoted_rows_of
from steward.sample.kinds import ACADEMY_TYPES, SPONSORED_TYPES, Kind, is_one_of, words
from steward.sample.names import trust_name
from steward.sample.printing import days, same, whole

_AS_AT = day(2019, 9, 1)
_FIRST_UID = 90_001
_TRUSTS_A_REGION_FOR = 7
_SINGLE_SHARE = 0.12
_PHASES = {
    Kind.INFANT: ("2", "Primary"), Kind.JUNIOR: ("2", "Primary"), Kind.PRIMARY: ("2", "Primary"),
    Kind.MIDDLE: ("5", "Middle deemed secondary"), Kind.SECONDARY: ("4", "Secondary"),
    Kind.ALL_THROUGH: ("7", "All-through"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trusts:
    """The trust of each academy; single-academy trusts have the name of the school."""

    of_establishment: Ints
    """Number of the trust, -1 for a school without one."""
    single: int
    """First number that is a single-academy trust."""

    def names(self, england: England, rows: Ints) -> Texts:
        """Return the names of the trusts of establishments, blank where there is none."""
        numbers = self.of_establishment[rows].tolist()
        schools = england.establishments.name[rows].tolist()
        return texts([
            "" if number < 0 else f"{school} Trust" if number >= self.single else trust_name(number)
            for number, school in zip(numbers, schools, strict=True)
        ])  # fmt: skip

    def sponsor_of(self, england: England, rows: Ints) -> tuple[Texts, Texts]:
        """Return code and name of the sponsor, blank for schools that have none."""
        sponsored = is_one_of(england.establishments.type[rows], SPONSORED_TYPES)
        codes = whole(_FIRST_UID + 20_000 + self.of_establishment[rows])
        blank = texts([""])
        return np.where(sponsored, codes, blank), np.where(sponsored, self.names(england, rows), blank)


def gather(chance: Chance, england: England) -> Trusts:
    """Return the trusts: most academies share one with others of their region, a few large, many small."""
    draw, all_ = chance.of("trusts"), england.establishments
    academy = is_one_of(all_.type, ACADEMY_TYPES)
    region = england.authorities.regions[england.sites.authority[all_.site]]
    a_region = max(2, int(academy.sum()) // (9 * _TRUSTS_A_REGION_FOR))
    skewed = np.floor(a_region * draw.random(len(academy)) ** 1.8).astype(np.int64)
    single = a_region * 9
    number = np.where(draw.random(len(academy)) < _SINGLE_SHARE, single + np.arange(len(academy)),
                      region * a_region + skewed)  # fmt: skip
    return Trusts(of_establishment=np.where(academy, number, -1), single=single)


def write_group_links(writer: Writer, *, england: England, trusts: Trusts) -> None:
    """Write the links of academies with trusts and sponsors as at 1 September 2019."""
    all_ = england.establishments
    academy = is_one_of(all_.type, ACADEMY_TYPES) & all_.open_on(_AS_AT) & ~all_.unlisted
    in_trust = np.flatnonzero(academy)
    sponsored = np.flatnonzero(academy & is_one_of(all_.type, SPONSORED_TYPES))
    alone = trusts.of_establishment[in_trust] >= trusts.single
    kind_of_group = np.where(alone, texts(["Single-academy trust"]), texts(["Multi-academy trust"]))
    rows = _links(england, trusts=trusts, rows=in_trust, kind_of_group=kind_of_group)
    rows += _links(
        england, trusts=trusts, rows=sponsored, kind_of_group=same("School sponsor", len(sponsored))
    )
    writer.write(
        "register/grouplinks_edubaseallacademiesandfree_20190901.csv",
        header="group_links",
        rows=sorted(rows, key=lambda row: row[0]),
        encoding="cp1252",
        line_end="\r\n",
    )


def _links(england: England, *, trusts: Trusts, rows: Ints, kind_of_group: Texts) -> list[Row]:
    """Return links without the last field, which the published file leaves off."""
    all_, site = england.establishments, england.establishments.site[rows]
    sponsor = kind_of_group == "School sponsor"
    number, name = trusts.of_establishment[rows], trusts.names(england, rows)
    phase = [_PHASES.get(Kind(kind), ("0", "Not applicable")) for kind in england.sites.kind[site].tolist()]
    shouted = texts([each.upper() for each in name.tolist()])
    company = texts([f"990{each:05d}" for each in number.tolist()])
    columns = {
        "URN": whole(all_.urn[rows]),
        "Linked UID": whole(_FIRST_UID + number + 20_000 * sponsor),
        "Group Name": np.where(sponsor, name, shouted),
        "Companies House Number": np.where(sponsor, texts([""]), company),
        "Group Type": kind_of_group,
        "Closed Date": days(np.full(len(rows), NEVER), ""),
        "Group Status": same("Open", len(rows)),
        "FederationType": same("", len(rows)),
        "Joined date": days(all_.opened[rows], "%d-%m-%Y"),
        "EstablishmentName": all_.name[rows],
        "TypeOfEstablishment (code)": words(all_.type[rows], "gias_code"),
        "TypeOfEstablishment (name)": words(all_.type[rows], "information"),
        "PhaseOfEducation (code)": texts([code for code, _ in phase]),
        "PhaseOfEducation (name)": texts([word for _, word in phase]),
        "LA (code)": whole(england.authority_codes[site]),
        "LA (name)": england.authority_names[site],
        "HasSharedHT": same("", len(rows)),
    }
    dressed = wholly_quoted_rows_of("group_links", columns, bare=("URN", "Linked UID"))
    return [row[:-1] for row in dressed]
