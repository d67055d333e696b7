"""Each day lies in one half term; the authority's own days come first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.regimes.half_terms import NamedHalfTerm, half_term_of, read_half_terms

TERMS = read_half_terms()["england"]


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_each_day_is_in_the_half_term_found_for_it(day):
    found = half_term_of(day, terms=TERMS)
    assert found.begins <= day <= found.ends
    assert half_term_of(found.ends + timedelta(days=1), terms=TERMS).begins == found.ends + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2026, 11, 24), "Autumn term, second half"),
        (date(2027, 1, 1), "Spring term, first half"),
        (date(2026, 8, 31), "Summer term, second half"),
    ],
)
def test_days_fall_where_schools_expect_them(day, title):
    found = half_term_of(day, terms=TERMS)
    assert (found.title, found.is_typical) == (title, True)


def test_the_days_of_the_authority_come_first():
    own = NamedHalfTerm(title="Ours", begins=date(2026, 11, 2), ends=date(2026, 12, 18))
    terms = TERMS.model_copy(update={"named": (own,)})
    assert half_term_of(date(2026, 11, 24), terms=terms).title == "Ours"
    assert half_term_of(date(2026, 12, 20), terms=terms).title == "Autumn term, second half"
