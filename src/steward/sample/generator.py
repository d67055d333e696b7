"""Writes the sample: an invented England in the layouts in which the real one is published."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from steward.sample.absence_files import write_absence
from steward.sample.area_series_file import write_area_series
from steward.sample.arrays import NO_ROW, Flags, Ints, day
from steward.sample.attendance_file import write_attendance
from steward.sample.census_files import write_census
from steward.sample.england import England, imagine
from steward.sample.files import Writer, WrittenFile
from steward.sample.finance_files import write_finance
from steward.sample.gias_extract_file import write_extract
from steward.sample.gias_files import write_downloads
from steward.sample.inspection_file_2020 import write_inspections_2020
from steward.sample.inspection_files import write_early_inspections, write_history
from steward.sample.kinds import INSPECTED_KINDS, SPONSORED_TYPES, Kind, is_one_of
from steward.sample.ks2_files import write_key_stage_2
from steward.sample.ks4_derived_file import write_key_stage_4_of_three_years
from steward.sample.ks4_files import write_key_stage_4
from steward.sample.places import HEADLINE_CODE, HEADLINE_NAME
from steward.sample.register_files import write_registers
from steward.sample.trusts import gather, write_group_links
from steward.sample.ward_outline_file import write_ward_outlines
from steward.sample.whole_ks2_files import write_whole_key_stage_2
from steward.sample.whole_ks4_files import write_whole_key_stage_4
from steward.sample.workforce_files import write_workforce

AUTHORITIES = 150
"""How many authorities England has, unless another number is asked for."""
_END_OF_2013 = day(2013, 12, 31)
_NOW = day(2020, 8, 31)
_TEACHING_SCHOOLS = ((Kind.PRIMARY, 3), (Kind.SECONDARY, 1), (Kind.SPECIAL, 1))
_CLUSTERS = 11

_WRITERS: tuple[Callable[[Writer, England], None], ...] = (
    write_downloads,
    write_early_inspections,
    write_inspections_2020,
    write_history,
    write_key_stage_2,
    write_key_stage_4,
    write_whole_key_stage_2,
    write_whole_key_stage_4,
    write_key_stage_4_of_three_years,
    write_absence,
    write_attendance,
    write_census,
    write_workforce,
    write_finance,
    write_area_series,
    write_ward_outlines,
)


@dataclass(frozen=True, slots=True)
class StorySchools:
    """URNs of the three schools with a story, and of the school that the academy replaced."""

    falling_primary: int
    """Maintained, below the floor standard in 2017 and 2018, falling since 2013."""
    rule_change_secondary: int
    """Maintained; lost a sixth of its passes to the rules of 2014, and has been steady since."""
    absence_academy: int
    """Sponsored since 1 September 2012; persistent absence twice that of England, and rising."""
    absence_academy_before: int


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was written, and the facts that tests and tours need to find their way in it."""

    folder: Path
    files: tuple[WrittenFile, ...]
    authority_code: str
    authority_name: str
    authority_schools: int
    """State-funded schools of the headline authority open on 31 August 2020."""
    authorities: int
    schools: int
    """State-funded schools of England open on 31 August 2020."""
    stories: StorySchools
    teaching_schools: tuple[int, ...]
    """Five outstanding schools of the headline authority at the end of 2013, by URN: three primary schools,
    a secondary and a special school, as far as it has them."""
    unlisted: tuple[int, ...]
    """URNs that appear in results and in no register."""
    not_inspected_since_opening: tuple[int, ...]
    """Sponsored academies of the headline authority whose only inspections are their predecessors'."""
    clusters: dict[str, tuple[int, ...]]
    """URNs of the headline authority's schools by cluster: neighbouring wards that work together."""

    @property
    def rows(self) -> int:
        """Records in all files together."""
        return sum(file.rows for file in self.files)


def generate(
    folder: Path, *, seed: int = 2014, schools: int = 20_000, authorities: int = AUTHORITIES
) -> SampleSummary:
    """Write the files of an invented England below `folder` and return what was written.

    The same seed and sizes give the same bytes. `schools` counts state-funded schools: about 7% of
    independent ones come on top. Every name is invented, and no pupil or person is named. URNs begin
    with 7 and authority codes are ones that no council uses, so nothing can be taken for a real school.

    Raises ValueError when there are fewer than 60 schools to an authority or more than 200 authorities.
    """
    england = imagine(seed=seed, schools=schools, authorities=authorities)
    writer, trusts = Writer(folder), gather(england.chance, england)
    write_registers(writer, england=england, trusts=trusts)
    write_group_links(writer, england=england, trusts=trusts)
    write_extract(writer, england=england, trusts=trusts)
    for write in _WRITERS:
        write(writer, england)
    return _summary(england, writer)


def _summary(england: England, writer: Writer) -> SampleSummary:
    all_ = england.establishments
    rows = all_.by_site(_NOW, len(england.sites))
    state = is_one_of(england.sites.kind, INSPECTED_KINDS) & (rows != NO_ROW)
    here = state & (england.sites.authority == 0)
    latest = england.inspections.at(england.inspections.latest(_NOW)).take(all_.site)
    waiting = is_one_of(all_.type, SPONSORED_TYPES) & all_.open_on(_NOW) & (latest.day < all_.opened)
    return SampleSummary(
        folder=writer.folder,
        files=tuple(writer.written),
        authority_code=str(HEADLINE_CODE),
        authority_name=HEADLINE_NAME,
        authority_schools=int(here.sum()),
        authorities=len(england.authorities.names),
        schools=int(state.sum()),
        stories=_stories(england, rows),
        teaching_schools=_teaching_schools(england),
        unlisted=_urns(england, np.flatnonzero(all_.unlisted)),
        not_inspected_since_opening=_urns(
            england, np.flatnonzero(waiting & (england.sites.authority[all_.site] == 0))
        ),
        clusters=_clusters(england, rows=rows, here=here),
    )


def _urns(england: England, rows: Ints) -> tuple[int, ...]:
    return tuple(england.establishments.urn[rows].tolist())


def _stories(england: England, rows: Ints) -> StorySchools:
    primary, secondary, academy = rows[england.stories.sites].tolist()
    before = int(england.establishments.other[academy])
    return StorySchools(*_urns(england, np.array([primary, secondary, academy, before])))


def _teaching_schools(england: England) -> tuple[int, ...]:
    all_, sites = england.establishments, england.sites
    found = england.inspections.at(england.inspections.latest(_END_OF_2013))
    rows = all_.by_site(_END_OF_2013, len(sites))
    good = (sites.authority == 0) & (found.grade == 1) & (rows != NO_ROW) & (found.day < _END_OF_2013)
    chosen: list[int] = []
    for kind, many in _TEACHING_SCHOOLS:
        of_kind = np.flatnonzero(good & (sites.kind == kind))
        best = of_kind[np.argsort(-sites.quality[of_kind], kind="stable")][:many]
        chosen += rows[best].tolist()
    return _urns(england, np.array(chosen, dtype=np.int64))


def _clusters(england: England, *, rows: Ints, here: Flags) -> dict[str, tuple[int, ...]]:
    """Return the schools of neighbouring wards together, named after the first of their wards."""
    wards = england.authorities.wards[0]
    clusters = {}
    for number in range(_CLUSTERS):
        inside = here & (england.sites.ward * _CLUSTERS // len(wards) == number)
        name = wards[-(-number * len(wards) // _CLUSTERS)]
        clusters[f"{name} cluster"] = _urns(england, np.sort(rows[inside]))
    return clusters
