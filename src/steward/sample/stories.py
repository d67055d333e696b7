"""Three schools of the headline authority with a story, told by their figures alone.

The primary school is maintained, below the floor standard for two years and falling. The secondary
school is maintained, and lost a sixth of its passes when the rules of 2014 stopped counting them. The
academy is sponsored, and its pupils miss more and more school.
"""

from dataclasses import dataclass, replace

import numpy as np

from steward.sample.arrays import Floats, Ints, day
from steward.sample.kinds import Kind
from steward.sample.sites import MIXED, NO_FAITH, Sites

ACADEMY_OPENED = day(2012, 9, 1)


@dataclass(frozen=True, slots=True)
class Stories:
    """Sites of the three schools."""

    falling_primary: int
    rule_change_secondary: int
    absence_academy: int

    @property
    def sites(self) -> Ints:
        """All three, as an index."""
        return np.array([self.falling_primary, self.rule_change_secondary, self.absence_academy])


@dataclass(frozen=True, slots=True)
class ToldInspection:
    """An inspection that belongs to a story."""

    site: int
    on: int
    grade: int
    category: str = ""


def choose(sites: Sites) -> Stories:
    """Return the sites that will carry the stories: ordinary schools of the headline authority."""
    plain = (sites.authority == 0) & (sites.faith == NO_FAITH) & (sites.gender == MIXED) & ~sites.selective
    primary = np.flatnonzero(plain & (sites.kind == Kind.PRIMARY) & (sites.intake >= 20))
    secondary = np.flatnonzero(plain & (sites.kind == Kind.SECONDARY))
    return Stories(int(primary[1]), int(secondary[0]), int(secondary[1]))


def shape(sites: Sites, stories: Stories) -> Sites:
    """Return the sites with the scores that make the figures tell the stories."""
    return replace(
        sites,
        hardship=_with(sites.hardship, stories=stories, told=(0.2, 0.35, 1.3)),
        quality=_with(sites.quality, stories=stories, told=(-0.7, 0.2, -0.7)),
        trend=_with(sites.trend, stories=stories, told=(-0.8, 0.0, 0.02)),
        attendance=_with(sites.attendance, stories=stories, told=(0.6, 0.0, 1.6)),
        vocational=_with(sites.vocational, stories=stories, told=(0.0, 0.16, 0.02)),
        steadiness=_with(sites.steadiness, stories=stories, told=(0.02, 0.02, 0.02)),
        intake=_with(sites.intake.astype(np.float64), stories=stories, told=(30, 210, 180)).astype(np.int64),
    )


def told_inspections(stories: Stories) -> tuple[ToldInspection, ...]:
    """Return the inspections of the three schools, in the order of days."""
    primary, secondary, academy = stories.sites.tolist()
    return (
        ToldInspection(primary, day(2009, 3, 11), 2),
        ToldInspection(primary, day(2013, 6, 12), 3),
        ToldInspection(primary, day(2015, 6, 24), 3),
        ToldInspection(primary, day(2017, 11, 15), 3),
        ToldInspection(secondary, day(2008, 10, 8), 2),
        ToldInspection(secondary, day(2012, 11, 14), 2),
        ToldInspection(secondary, day(2017, 3, 22), 2),
        ToldInspection(academy, day(2007, 5, 16), 3),
        ToldInspection(academy, day(2010, 11, 17), 4, "SM"),
        ToldInspection(academy, day(2014, 2, 12), 3),
        ToldInspection(academy, day(2016, 10, 5), 3),
        ToldInspection(academy, day(2019, 5, 15), 2),
    )


def _with(values: Floats, *, stories: Stories, told: tuple[float, ...]) -> Floats:
    changed = values.copy()
    changed[stories.sites] = told
    return changed
