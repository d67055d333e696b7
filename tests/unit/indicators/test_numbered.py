"""Keys that a publication leaves out are found from the register."""

from dataclasses import replace
from datetime import date

from factories.small_releases import indicator, register, release, rows_in, school
from steward.analysis.indicators.areas import published_in_all
from steward.analysis.indicators.numbered import completed
from steward.analysis.indicators.values import values_of_all
from steward.analysis.sources.definition import Levels

BY_NUMBER = """
LA  | ESTAB | VALUE | PUPILS
383 | 4001  | 50    | 30
383 | 4002  | 60    | 30
383 | 4003  | 70    | 30
999 | 1     | 80    | 30
"""


def test_a_school_is_found_by_its_number_among_those_open_that_year() -> None:
    plain = release(BY_NUMBER, period=2010)
    keys = {"authority": "LA", "establishment_number": "ESTAB"}
    levels = Levels(column="LA", school=("*",))
    numbered = replace(plain, layout=plain.layout.model_copy(update={"keys": keys, "levels": levels}))
    schools = register(
        school(100001, establishment_number="4001"),
        school(100002, establishment_number="4001", opened_on=date(2012, 9, 1)),
        school(100003, establishment_number="4002", closed_on=date(2008, 8, 31)),
        school(100004, establishment_number="4003", opened_on=date(2010, 9, 1)),
        school(100005, authority="999", establishment_number="0001"),
    )

    found = values_of_all([completed(numbered, establishments=schools)], indicators={"measure": indicator()})
    assert found is not None

    assert {row["urn"]: row["value"] for row in rows_in(found)} == {100001: 50.0, 100005: 80.0}


WITHOUT_CODES = """
RECTYPE | URN    | VALUE | PUPILS
1       | 100001 | 50    | 30
1       | 100009 | 51    | 30
3       | .      | 55    | 60
1       | 100002 | 60    | 30
3       | .      | 65    | 30
1       | 100008 | 70    | 30
3       | .      | 75    | 30
5       | .      | 66    | 999
"""


def test_an_authority_row_is_of_the_authority_of_the_schools_above_it() -> None:
    levels = Levels(column="RECTYPE", school=("1",), authority=("3",), england=("5",))
    schools = register(school(100001), school(100002, authority="384"))

    found = published_in_all(
        [completed(release(WITHOUT_CODES, levels=levels), establishments=schools)],
        indicators={"measure": indicator()},
    )
    assert found is not None

    assert {row["area"]: row["value"] for row in rows_in(found)} == {
        "383": 55.0,
        "384": 65.0,
        "england": 66.0,
    }
