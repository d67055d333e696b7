"""The invented England as a whole: everything the files are written from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steward.sample.arrays import NO_ROW, Chance, Flags, Ints, Texts, worded
from steward.sample.inspections import Inspections, inspect
from steward.sample.intake import Intake, intake
from steward.sample.names import REGIONS
from steward.sample.places import Authorities, found_authorities
from steward.sample.sites import Sites, settle
from steward.sample.stories import Stories, choose, shape
from steward.sample.timeline import Establishments, Spells, establish, spells

YEARS = range(2013, 2020)


@dataclass(frozen=True)
class England:
    """Areas, schools, their history, and who taught whom how well."""

    chance: Chance
    authorities: Authorities
    sites: Sites
    stories: Stories
    course: Spells
    establishments: Establishments
    inspections: Inspections
    intakes: dict[int, Intake]

    @cached_property
    def authority_names(self) -> Texts:
        """Name of the authority of each site."""
        return worded(self.authorities.names, self.sites.authority)

    @cached_property
    def authority_codes(self) -> Ints:
        """Three-digit code of the authority of each site."""
        return self.authorities.codes[self.sites.authority]

    @cached_property
    def region_names(self) -> Texts:
        """Region of each site."""
        return worded(REGIONS, self.authorities.regions[self.sites.authority])

    @cached_property
    def ward_names(self) -> Texts:
        """Ward of each site."""
        wards = self.authorities.wards
        first = np.cumsum([0] + [len(names) for names in wards[:-1]])
        every = [name for names in wards for name in names]
        return worded(every, first[self.sites.authority] + self.sites.ward)

    @cached_property
    def constituency_names(self) -> Texts:
        """Parliamentary constituency of each site."""
        names = [self.authorities.constituencies(each) for each in range(len(self.authorities.names))]
        places = 5 * self.sites.authority + self.sites.ward % 5
        return worded([name for five in names for name in five], places)

    def teaching(self, year: int, among: Flags) -> Ints:
        """Return the establishments that had pupils in May of a year, of the sites in `among`."""
        rows = self.establishments.by_site(_may(year), len(self.sites))
        return np.sort(rows[among & (rows != NO_ROW)])


def imagine(*, seed: int, schools: int, authorities: int) -> England:
    """Return an England with `schools` state-funded schools, always the same for a seed and sizes.

    Raises ValueError when the numbers cannot make an England that shows every shape.
    """
    chance = Chance(seed)
    areas = found_authorities(chance, schools=schools, authorities=authorities)
    settled = settle(chance, areas)
    stories = choose(settled)
    sites = shape(settled, stories)
    course = spells(chance, sites=sites, stories=stories)
    return England(
        chance=chance,
        authorities=areas,
        sites=sites,
        stories=stories,
        course=course,
        establishments=establish(chance, sites=sites, authorities=areas, course=course),
        inspections=inspect(chance, sites=sites, course=course, stories=stories),
        intakes={year: intake(chance, sites=sites, course=course, year=year) for year in YEARS},
    )


def _may(year: int) -> int:
    return int(np.datetime64(f"{year}-05-16", "D").astype(np.int64))
