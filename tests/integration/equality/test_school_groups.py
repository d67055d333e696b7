"""Gaps within a school: read once, with the years that have an interval, beside England's other pupils."""

import pytest

from steward.access.roles import Role
from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.groups import ALL
from steward.analysis.comparison.school_gaps import GroupOfSchool
from steward.equality.queries import area_gaps, gap_books, school_gaps, school_sides
from steward.equality.queries.area_gaps import to_national_others
from steward.equality.views.school_parts import what_can_be_said
from steward.evidence import catalogues
from steward.evidence.queries import figures
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines_of(sample_home, person_with):
    """Return the gaps of every school of the sample's authority in which published figures are shown."""
    viewer = person_with(Role.SCRUTINY_MEMBER)

    def found():
        return [
            school_gaps.of_authority(viewer, area=sample_home.authority, gap_id=gap_id)
            for gap_id in school_gaps.published_gaps()
        ]

    return found


def test_the_page_of_a_school_reads_its_figures_once(sample_home, lines_of, client_of, monkeypatch):
    school = next(line.school for one in lines_of() for line in one.lines)
    asked = []
    read = figures.figures_of

    def counted(urns, *, indicators=()):
        asked.append(indicators)
        return read(urns, indicators=indicators)

    monkeypatch.setattr(figures, "figures_of", counted)
    answer = client_of(Role.ADVISER).get(f"/schools/{school.urn}/groups/")
    assert answer.status_code == 200
    assert len(asked) == 1


def test_one_reading_says_what_a_reading_for_each_gap_says(lines_of):
    gaps = school_gaps.published_gaps().values()
    urns = sorted({line.school.urn for one in lines_of() for line in one.lines})[:5]
    held = school_sides.published_figures(gaps, urns=urns)
    assert held
    for gap in gaps:
        together = school_sides.published_sides(gap, urns=urns, held=held)
        assert together == school_sides.published_sides(gap, urns=urns), gap.id


def test_a_school_stands_beside_englands_other_pupils(lines_of):
    """As the series prints them, else worked out from all and the group, else all pupils; words say which."""
    seen = set()
    for found in lines_of():
        if not found.worked_out or not found.years:
            continue
        printed = area_gaps.year_of(gap_books.book_of(ENGLAND).get(found.gap.id, ()), found.years[-1])
        seen.add(found.national_name)
        if found.gap.pair.against != ALL and printed and isinstance(printed.other.value, Known):
            assert found.national == printed.other.value
            assert found.national_name == f"{found.gap.against_name} of England"
            assert "is printed in the series" in found.national_how
        elif found.national_name == "other pupils of England":
            assert "worked out here from all its pupils" in found.national_how
        else:
            assert found.national_name == "all pupils of England"
            assert "the group among them" in found.national_how
    assert seen


def test_others_of_england_are_worked_out_where_numbers_are_printed():
    gap = next(one for one in catalogues.gaps().values() if one.id == "attainment_8-another-language")
    england = _year(Known(48.0, 100), Known(46.0, 600))
    own = _year(Known(50.0, 10), Known(47.0, 60))
    assert to_national_others(own, england=england, gap=gap) == Known(4.4)
    withheld = _year(Missing(Reason.WITHHELD), Known(46.0, 600))
    assert isinstance(to_national_others(own, england=withheld, gap=gap), Missing)


def _year(group, other):
    return area_gaps.GapYear(2019, "2019", area_gaps.Side(group, 1), area_gaps.Side(other, 1))


def test_years_whose_spread_is_not_known_do_not_cost_the_newest_its_interval():
    progress = catalogues.indicators()["maths_progress"]
    shares = catalogues.indicators()["rwm_expected"]
    known = [year for year in range(2016, 2020) if progress.pupil_spread_in(year)]
    years = (2017, 2018, 2019)
    kept = school_gaps.years_of_known_spread(years, definition=progress)
    assert kept[-1] == 2019
    assert set(kept) <= set(known)
    assert school_gaps.years_of_known_spread(years, definition=shares) == years
    assert school_gaps.years_of_known_spread((1999, 2000), definition=progress) == (1999, 2000)


@pytest.mark.parametrize(
    ("group", "other", "said"),
    [
        (Known(1.0), Known(2.0, 30), "the number of pupils of the group is not printed."),
        (Known(1.0, 30), Known(2.0), "the number of pupils of those it is held against is not printed."),
        (Known(1.0, 30), Known(2.0, 30), "how far scores of pupils spread in 2017 to 2018 is not known."),
    ],
)
def test_it_says_which_number_is_missing_for_an_interval(group, other, said):
    gap = within.gap_within(GroupOfSchool(1, group, other, (2018,)), is_share=False, least=6)
    assert what_can_be_said(gap, decimals=1) == f"No interval: {said}"
