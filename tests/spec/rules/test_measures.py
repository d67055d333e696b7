"""What below, above, falling and rising say of small tables of schools."""

from dataclasses import dataclass

import pytest

from spec.rules.small_tables import CATALOGUE, condition, rows, schools
from steward.analysis.rules.catalogue import Enquiry


@dataclass(frozen=True)
class Spec:
    """A condition, the figures of some schools, and what it must say of each."""

    title: str
    condition: str
    schools: str
    values: str = ""
    areas: str = ""


BELOW = Spec(
    title="Below a number: at the number is not below; what is not known stays unknown",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what                                   | answer  | reason
        100001 | just below                             | met     |
        100002 | exactly at the threshold               | not_met |
        100003 | above                                  | not_met |
        100004 | suppressed                             | unknown | suppressed
        100005 | low coverage                           | unknown | low_coverage
        100006 | ten pupils: fewer than eleven          | unknown | small_cohort
        100007 | eleven pupils: just enough             | met     |
        100008 | no row in the newest year              | unknown | no_row
        100009 | cohort not published                   | met     |
        100010 | no entries                             | unknown | no_entries
    """,
    values="""
        urn    | indicator | period | value  | cohort
        100001 | expected  | 2019   | 64.9   | 30
        100002 | expected  | 2019   | 65     | 30
        100003 | expected  | 2019   | 80     | 30
        100004 | expected  | 2019   | SUPP   | 5
        100005 | expected  | 2019   | LOWCOV | 30
        100006 | expected  | 2019   | 10     | 10
        100007 | expected  | 2019   | 10     | 11
        100008 | expected  | 2018   | 90     | 30
        100009 | expected  | 2019   | 10     |
        100010 | expected  | 2019   | NE     |
    """,
)

OWN_COHORT = Spec(
    title="A rule may ask for more pupils than the catalogue does",
    condition="{kind: below, indicator: expected, than: 65, minimum_cohort: 20}",
    schools="""
        urn    | what                | answer  | reason
        100001 | nineteen pupils     | unknown | small_cohort
        100002 | twenty pupils       | met     |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2019   | 60    | 19
        100002 | expected  | 2019   | 60    | 20
    """,
)

COHORT_NOT_PUBLISHED = Spec(
    title="Where the number of pupils is not published: the roll, and the nearest year within two that says",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what                                       | answer  | reason
        100001 | nothing known of its size                  | met     |
        100002 | eight on roll                              | unknown | small_cohort
        100003 | eleven on roll: no more than an upper bound | met     |
        100004 | nine pupils the year before                | unknown | small_cohort
        100005 | thirty the year before                     | met     |
        100006 | nine the year before, thirty before that   | unknown | small_cohort
        100007 | nine, but three years before               | met     |
        100008 | nine pupils and withheld the year before   | unknown | small_cohort
        100009 | thirty the year before, but eight on roll  | unknown | small_cohort
        100010 | above 65, eight on roll                    | unknown | small_cohort
        100011 | eight on roll the year before              | unknown | small_cohort
        100012 | roll not published                         | met     |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2019   | 10    |
        100002 | expected  | 2019   | 10    |
        100002 | roll      | 2019   | 8     |
        100003 | expected  | 2019   | 10    |
        100003 | roll      | 2019   | 11    |
        100004 | expected  | 2019   | 10    |
        100004 | expected  | 2018   | 90    | 9
        100005 | expected  | 2019   | 10    |
        100005 | expected  | 2018   | 90    | 30
        100006 | expected  | 2019   | 10    |
        100006 | expected  | 2018   | 90    | 9
        100006 | expected  | 2017   | 90    | 30
        100007 | expected  | 2019   | 10    |
        100007 | expected  | 2016   | 90    | 9
        100008 | expected  | 2019   | 10    |
        100008 | expected  | 2018   | SUPP  | 9
        100009 | expected  | 2019   | 10    |
        100009 | expected  | 2018   | 90    | 30
        100009 | roll      | 2019   | 8     |
        100010 | expected  | 2019   | 90    |
        100010 | roll      | 2019   | 8     |
        100011 | expected  | 2019   | 10    |
        100011 | roll      | 2018   | 8     |
        100012 | expected  | 2019   | 10    |
        100012 | roll      | 2019   | NP    |
    """,
)

WHOLE_SCHOOL = Spec(
    title="A measure of the whole school, such as absence, rests on the pupils on roll",
    condition="{kind: above, indicator: absence, than: 5}",
    schools="""
        urn    | what                                 | answer  | reason
        100001 | ten on roll: fewer than eleven       | unknown | small_cohort
        100002 | eleven on roll                       | met     |
        100003 | ten on roll the year before          | unknown | small_cohort
        100004 | roll not loaded                      | met     |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | absence   | 2019   | 9     |
        100001 | roll      | 2019   | 10    |
        100002 | absence   | 2019   | 9     |
        100002 | roll      | 2019   | 11    |
        100003 | absence   | 2019   | 9     |
        100003 | roll      | 2018   | 10    |
        100004 | absence   | 2019   | 9     |
    """,
)

STALE = Spec(
    title="A figure more than two years before the current one is not known",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what                             | answer  | reason
        100001 | newest figure is of 2016 to 2017 | unknown | stale
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2017   | 10    | 30
    """,
)

STILL_FRESH = Spec(
    title="A figure two years before the current one still counts",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what                             | answer | reason
        100001 | newest figure is of 2017 to 2018 | met    |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2018   | 10    | 30
    """,
)

FUTURE = Spec(
    title="A year that has not ended is not read",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what                     | answer  | reason
        100001 | good now, poor next year | not_met |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2019   | 90    | 30
        100001 | expected  | 2020   | 10    | 30
    """,
)

NOT_LOADED = Spec(
    title="Without any figures loaded nothing is known",
    condition="{kind: below, indicator: expected, than: 65}",
    schools="""
        urn    | what           | answer  | reason
        100001 | nothing loaded | unknown | no_figures
    """,
)

TWO_YEARS = Spec(
    title="Below in two consecutive years: one year that is not settles it, a missing one does not",
    condition="{kind: below, indicator: expected, than: 65, years: 2}",
    schools="""
        urn    | what                           | answer  | reason
        100001 | below twice                    | met     |
        100002 | below once                     | not_met |
        100003 | below, then suppressed         | unknown | suppressed
        100004 | not below, then suppressed     | not_met |
        100005 | suppressed, then below         | unknown | suppressed
        100006 | no row before                  | unknown | no_row
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2018   | 60    | 30
        100001 | expected  | 2019   | 60    | 30
        100002 | expected  | 2018   | 65    | 30
        100002 | expected  | 2019   | 60    | 30
        100003 | expected  | 2018   | 60    | 30
        100003 | expected  | 2019   | SUPP  | 30
        100004 | expected  | 2018   | 70    | 30
        100004 | expected  | 2019   | SUPP  | 30
        100005 | expected  | 2018   | SUPP  | 30
        100005 | expected  | 2019   | 60    | 30
        100006 | expected  | 2019   | 60    | 30
    """,
)

TWO_YEARS_BROKEN = Spec(
    title="Years on two sides of a break in the series do not make a run",
    condition="{kind: below, indicator: broken, than: 65, years: 3}",
    schools="""
        urn    | what                          | answer  | reason
        100001 | below in all, across a break  | unknown | series_break
        100002 | not below in one              | not_met |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | broken    | 2017   | 60    | 30
        100001 | broken    | 2018   | 60    | 30
        100001 | broken    | 2019   | 60    | 30
        100002 | broken    | 2017   | 60    | 30
        100002 | broken    | 2018   | 60    | 30
        100002 | broken    | 2019   | 66    | 30
    """,
)

ABOVE_ENGLAND = Spec(
    title="Above the England figure of the phase by more than a margin",
    condition="{kind: above, indicator: absence, than: {area: england, margin: 1}}",
    schools="""
        urn    | what                                        | phase     | answer  | reason
        100001 | 5.1, England primary 4.0                     | primary   | met     |
        100002 | exactly one point above                     | primary   | not_met |
        100003 | 5.1, England secondary 5.5                  | secondary | not_met |
        100004 | none of its phase, though of others         | special   | unknown | no_comparator
        100005 | not published                               | primary   | unknown | not_published
        100006 | no row                                      | primary   | unknown | no_row
        100007 | nine pupils                                 | primary   | unknown | small_cohort
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | absence   | 2019   | 5.1   | 200
        100002 | absence   | 2019   | 5.0   | 200
        100003 | absence   | 2019   | 5.1   | 200
        100004 | absence   | 2019   | 6.0   | 200
        100005 | absence   | 2019   | NP    |
        100007 | absence   | 2019   | 9.0   | 9
    """,
    areas="""
        level   | area    | phase     | indicator | period | value
        england | england | primary   | absence   | 2019   | 4.0
        england | england | secondary | absence   | 2019   | 5.5
        england | england | all       | absence   | 2019   | 4.7
    """,
)

ABOVE_ENGLAND_OF_ALL = Spec(
    title="Where a measure is not published by phase, the published figure of all schools is the comparator",
    condition="{kind: above, indicator: absence, than: {area: england, margin: 1}}",
    schools="""
        urn    | what                                             | phase     | answer  | reason
        100001 | published of all 4.0, worked out of phase 6.0    | secondary | met     |
        100002 | exactly one point above the published            | secondary | not_met |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | absence   | 2019   | 5.1   | 200
        100002 | absence   | 2019   | 5.0   | 200
    """,
    areas="""
        level   | area    | phase     | indicator | period | value | basis
        england | england | all       | absence   | 2019   | 4.0   | published
        england | england | secondary | absence   | 2019   | 6.0   | computed
    """,
)

ABOVE_ENGLAND_COMPUTED = Spec(
    title="Where nothing is published, the figure worked out from schools of the phase is the comparator",
    condition="{kind: above, indicator: absence, than: {area: england, margin: 1}}",
    schools="""
        urn    | what                     | phase     | answer  | reason
        100001 | worked out of phase 6.0  | secondary | not_met |
        100002 | another phase            | special   | unknown | no_comparator
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | absence   | 2019   | 6.5   | 200
        100002 | absence   | 2019   | 9.5   | 200
    """,
    areas="""
        level   | area    | phase     | indicator | period | value | basis
        england | england | all       | absence   | 2019   | 4.0   | computed
        england | england | secondary | absence   | 2019   | 6.0   | computed
    """,
)

BELOW_AUTHORITY = Spec(
    title="Below the authority's own figure; without one it is unknown",
    condition="{kind: below, indicator: expected, than: {area: authority}}",
    schools="""
        urn    | what                       | phase   | authority | answer  | reason
        100001 | below                      | primary | 383       | met     |
        100002 | at it                      | primary | 383       | not_met |
        100003 | no figure of its authority | primary | 999       | unknown | no_comparator
        100004 | authority figure withheld  | primary | 380       | unknown | no_comparator
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2019   | 61.9  | 30
        100002 | expected  | 2019   | 62    | 30
        100003 | expected  | 2019   | 20    | 30
        100004 | expected  | 2019   | 20    | 30
    """,
    areas="""
        level     | area | phase   | indicator | period | value
        authority | 383  | primary | expected  | 2019   | 62
        authority | 383  | primary | expected  | 2018   | 10
        authority | 380  | primary | expected  | 2019   | SUPP
    """,
)

FALLING = Spec(
    title="Fallen by at least five points over three consecutive years: a fall of five is enough",
    condition="{kind: falling, indicator: expected, by: 5, over_years: 3}",
    schools="""
        urn    | what                        | answer  | reason
        100001 | fell by exactly five        | met     |
        100002 | fell by 4.9                 | not_met |
        100003 | rose                        | not_met |
        100004 | middle year suppressed      | unknown | suppressed
        100005 | no row in the first year    | unknown | no_row
        100006 | small cohort in one year    | unknown | small_cohort
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | expected  | 2017   | 65.3  | 30
        100001 | expected  | 2018   | 66    | 30
        100001 | expected  | 2019   | 60.3  | 30
        100002 | expected  | 2017   | 65.3  | 30
        100002 | expected  | 2018   | 64    | 30
        100002 | expected  | 2019   | 60.4  | 30
        100003 | expected  | 2017   | 60    | 30
        100003 | expected  | 2018   | 50    | 30
        100003 | expected  | 2019   | 70    | 30
        100004 | expected  | 2017   | 70    | 30
        100004 | expected  | 2018   | SUPP  | 30
        100004 | expected  | 2019   | 60    | 30
        100005 | expected  | 2018   | 70    | 30
        100005 | expected  | 2019   | 60    | 30
        100006 | expected  | 2017   | 70    | 10
        100006 | expected  | 2018   | 65    | 30
        100006 | expected  | 2019   | 60    | 30
    """,
)

FALLING_BROKEN = Spec(
    title="A fall across a break in the series cannot be told",
    condition="{kind: falling, indicator: broken, by: 5, over_years: 3}",
    schools="""
        urn    | what               | answer  | reason
        100001 | break in 2018      | unknown | series_break
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | broken    | 2017   | 90    | 30
        100001 | broken    | 2018   | 50    | 30
        100001 | broken    | 2019   | 40    | 30
    """,
)

FALLING_AFTER_BREAK = Spec(
    title="Years that begin with the break are comparable among themselves",
    condition="{kind: falling, indicator: broken, by: 5, over_years: 2}",
    schools="""
        urn    | what               | answer  | reason
        100001 | 2018 and 2019 only | met     |
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | broken    | 2018   | 50    | 30
        100001 | broken    | 2019   | 40    | 30
    """,
)

RISING = Spec(
    title="Risen by at least two points over two years",
    condition="{kind: rising, indicator: absence, by: 2, over_years: 2}",
    schools="""
        urn    | what                   | answer  | reason
        100001 | rose by exactly two    | met     |
        100002 | rose by less           | not_met |
        100003 | fell                   | not_met |
        100004 | earlier year not there | unknown | no_row
        100005 | withheld               | unknown | suppressed
        100006 | small cohort           | unknown | small_cohort
    """,
    values="""
        urn    | indicator | period | value | cohort
        100001 | absence   | 2018   | 4.1   | 200
        100001 | absence   | 2019   | 6.1   | 200
        100002 | absence   | 2018   | 4.1   | 200
        100002 | absence   | 2019   | 6.0   | 200
        100003 | absence   | 2018   | 6.0   | 200
        100003 | absence   | 2019   | 4.0   | 200
        100004 | absence   | 2019   | 9.0   | 200
        100005 | absence   | 2018   | 4.0   | 200
        100005 | absence   | 2019   | C     | 200
        100006 | absence   | 2018   | 4.0   | 200
        100006 | absence   | 2019   | 9.0   | 5
    """,
)

SPECS = (
    BELOW,
    OWN_COHORT,
    COHORT_NOT_PUBLISHED,
    WHOLE_SCHOOL,
    STALE,
    STILL_FRESH,
    FUTURE,
    NOT_LOADED,
    TWO_YEARS,
    TWO_YEARS_BROKEN,
    ABOVE_ENGLAND,
    ABOVE_ENGLAND_OF_ALL,
    ABOVE_ENGLAND_COMPUTED,
    BELOW_AUTHORITY,
    FALLING,
    FALLING_BROKEN,
    FALLING_AFTER_BREAK,
    RISING,
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_answers_are_those_of_the_table(spec: Spec) -> None:
    asked = condition(spec.condition)
    gathered = schools(spec.schools, values=spec.values, areas=spec.areas)
    for school, row in zip(gathered, rows(spec.schools), strict=True):
        found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
        assert (found.answer, found.reason) == (row["answer"], row.get("reason")), (
            row["what"],
            found.because,
        )
        assert found.because.endswith(".")


def test_the_finding_keeps_value_cohort_year_threshold_and_row() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        values="""
            urn    | indicator | period | value | cohort | release | row
            100001 | expected  | 2019   | 54    | 30     | ks2     | 7
        """,
    )
    found = condition(BELOW.condition).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert (found.value, found.cohort, found.period, found.threshold) == (54.0, 30.0, 2019, 65.0)
    assert (found.release, found.row, found.indicator) == ("ks2", 7, "expected")
    assert found.because == "“Expected standard” was 54.0% in 2018 to 2019 (30 pupils), below 65%."


@pytest.mark.parametrize(
    ("spec", "urn", "because"),
    [
        (
            COHORT_NOT_PUBLISHED,
            100001,
            (
                "“Expected standard” was 10.0% in 2018 to 2019 "
                "(the publication does not say how many pupils it rests on), below 65%."
            ),
        ),
        (
            COHORT_NOT_PUBLISHED,
            100002,
            (
                "“Expected standard” was 10.0% in 2018 to 2019 (the publication does not say how many pupils "
                "it rests on; in 2018 to 2019 the roll was 8); a figure needs at least 11 pupils to be used."
            ),
        ),
        (
            COHORT_NOT_PUBLISHED,
            100004,
            (
                "“Expected standard” was 10.0% in 2018 to 2019 (the publication does not say how many pupils "
                "it rests on; in 2017 to 2018 it was 9); a figure needs at least 11 pupils to be used."
            ),
        ),
        (WHOLE_SCHOOL, 100002, "“Absence” was 9.0% in 2018 to 2019 (11 pupils on roll), above 5%."),
        (
            WHOLE_SCHOOL,
            100003,
            (
                "“Absence” was 9.0% in 2018 to 2019 (10 pupils on roll in 2017 to 2018); "
                "a figure needs at least 11 pupils to be used."
            ),
        ),
    ],
)
def test_what_is_known_of_the_number_of_pupils_is_said(spec: Spec, urn: int, because: str) -> None:
    school = next(each for each in schools(spec.schools, values=spec.values) if each.urn == urn)
    assert condition(spec.condition).answer(Enquiry(school, CATALOGUE, newest_years=2)).because == because
