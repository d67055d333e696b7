"""Template tags, forms, lists and words."""

import datetime
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from steward.interface import lists, words
from steward.interface.fields import DayField
from steward.interface.gallery import SpecimenFilter, SpecimenForm
from steward.interface.parts import Cell, Column, Concern, Fact, Table, Tag
from steward.vocabulary.values import Known, Missing, Reason


class Percent:
    unit, decimals = "percent", 1


class Pounds:
    unit, decimals = "pounds", 0


def _printed(template, address="/", **values):
    return Template(template).render(Context({"request": RequestFactory().get(address), **values}))


@pytest.mark.parametrize(
    ("value", "measured", "text"),
    [
        (Known(64.54), Percent, "64.5%"),
        (Known(64.55), Percent, "64.6%"),
        (Known(0.0), Percent, "0.0%"),
        (Known(-0.04), Percent, "0.0%"),
        (Known(-4532.5), Pounds, "\N{MINUS SIGN}£4,533"),
        (Known(1234567.0), Pounds, "£1,234,567"),
        (Missing(Reason.SUPPRESSED), Percent, "Suppressed"),
        (Missing(Reason.NOT_RECORDED), Pounds, "Not recorded"),
        (Known(float("nan")), Percent, "Not readable"),
    ],
)
def test_values_are_written_with_unit_or_reason(value, measured, text):
    assert words.value_in_words(value, measured=measured) == text


def test_a_missing_value_says_why_under_the_pointer():
    printed = _printed("{{ value|shown:measured }}", value=Missing(Reason.SUPPRESSED), measured=Percent)
    assert ">Suppressed</abbr>" in printed
    assert "so few pupils could be recognised" in printed


def test_changes_carry_their_sign():
    assert words.signed(0.114, decimals=2) == "+0.11"
    assert words.signed(-3.0, decimals=1) == "\N{MINUS SIGN}3.0"
    assert words.signed(0.001, decimals=1) == "0.0"


def test_days_and_times_are_written_as_people_say_them():
    moment = datetime.datetime(2026, 7, 3, 8, 5, tzinfo=datetime.UTC)
    assert words.day_and_time(moment) == "3 July 2026 at 9:05am"
    assert words.day(datetime.datetime(2026, 7, 3, 23, 30, tzinfo=datetime.UTC)) == "4 July 2026"
    assert words.day(datetime.date(2013, 12, 31)) == "31 December 2013"
    assert words.day(None) == "Not recorded"
    assert words.clock(datetime.datetime(2026, 1, 3, 12, 0, tzinfo=datetime.UTC)) == "12:00pm"


def test_counts_agree_with_their_noun():
    assert words.counted(1, one="school") == "1 school"
    assert words.counted(1204, one="school") == "1,204 schools"
    assert words.counted(0, one="person", many="people") == "0 people"


@pytest.mark.parametrize("concern", list(Concern))
def test_a_tag_has_a_word_and_but_for_plain_ones_a_shape(concern):
    printed = _printed("{% tag item %}", item=Tag("Watch <b>", concern))
    assert "Watch &lt;b&gt;" in printed
    assert ("<svg" in printed) == (concern is not Concern.PLAIN)


def test_the_shapes_of_concerns_differ_without_colour():
    shapes = {
        re.search(r"<svg.*</svg>", _printed("{% tag 'Word' concern %}", concern=concern.value))[0]
        for concern in Concern
        if concern is not Concern.PLAIN
    }
    assert len(shapes) == 5


SCHOOLS = Table(
    "Schools",
    (Column("School", sort="name"), Column("Pupils", numeric=True, sort="pupils"), Column("Proposal")),
    ((Cell("St Hild's <x>", "/schools/1/", "Primary"), "97", Tag("Watch", Concern.LOW)),),
    sorted_by="-pupils",
)


def test_a_table_names_its_rows_columns_and_order():
    printed = _printed("{% table table %}", "/schools/?phase=primary&page=3", table=SCHOOLS)
    assert "<caption" in printed
    assert 'scope="row"' in printed
    assert 'data-label="Pupils"' in printed
    assert 'aria-sort="descending"' in printed
    assert 'href="?phase=primary&amp;sort=pupils"' in printed
    assert 'href="?phase=primary&amp;sort=name"' in printed
    assert "St Hild&#x27;s &lt;x&gt;" in printed


def test_a_row_of_the_wrong_length_is_not_printed_in_silence():
    with pytest.raises(ValueError, match="zip"):
        _printed("{% table table %}", table=Table("T", (Column("A"), Column("B")), (("1",),)))


def test_paging_keeps_filters_and_order():
    page = Paginator(range(240), 20).page(3)
    printed = _printed("{% pagination page %}", "/schools/?phase=primary&sort=-name&page=3", page=page)
    assert 'href="?phase=primary&amp;sort=-name&amp;page=4" rel="next"' in printed
    assert 'aria-current="page"' in printed


def test_one_page_needs_no_paging():
    assert "<nav" not in _printed("{% pagination page %}", page=Paginator(range(3), 20).page(1))


def test_each_filter_in_force_can_be_removed_alone():
    query = QueryDict("phase=primary&phase=secondary&ward=Moor&page=2&sort=name")
    found = lists.removable_filters(SpecimenFilter(query), query=query)
    assert [item.text for item in found] == ["Phase: Primary", "Phase: Secondary", "Ward: Moor"]
    assert found[0].href == "?phase=secondary&ward=Moor&sort=name"
    assert found[2].href == "?phase=primary&phase=secondary&sort=name"


def test_a_value_that_is_not_offered_is_no_filter_in_force():
    query = QueryDict("phase=nonsense&ward=Moor")
    found = lists.removable_filters(SpecimenFilter(query), query=query)
    assert [item.text for item in found] == ["Ward: Moor"]


def test_filters_work_without_script_and_keep_the_order():
    form = SpecimenFilter(QueryDict("ward=Moor"))
    printed = _printed("{% filters form %}", "/schools/?ward=Moor&sort=name", form=form)
    assert printed.count("Apply filters") == 2
    assert 'method="get"' in printed
    assert '<input type="hidden" name="sort" value="name">' in printed
    assert 'value="Moor"' in printed


def test_an_unknown_order_falls_back():
    allowed = ("name", "pupils")
    assert lists.chosen_sort(QueryDict("sort=-pupils"), allowed=allowed, default="name") == "-pupils"
    assert lists.chosen_sort(QueryDict("sort=password"), allowed=allowed, default="name") == "name"


def test_a_change_link_says_what_it_changes():
    printed = _printed("{% summary_list facts %}", facts=[Fact("Category", "Watch", "/x/", "Change")])
    assert 'Change<span class="govuk-visually-hidden"> Category</span>' in printed


def test_navigation_names_the_page_one_is_on():
    printed = _printed("{% breadcrumbs crumbs %}", crumbs=[("Home", "/"), ("Schools", "")])
    assert '<a class="govuk-breadcrumbs__link" href="/">Home</a>' in printed
    assert '<li class="govuk-breadcrumbs__list-item" aria-current="page">Schools</li>' in printed


def test_block_components_keep_what_they_hold():
    printed = _printed('{% details "Help" %}<p>{{ text }}</p>{% enddetails %}', text="<b>")
    assert "<p>&lt;b&gt;</p>" in printed


def test_faults_are_listed_and_stand_beside_their_fields():
    form = SpecimenForm({"name": "", "visited_day": "31", "visited_month": "2", "visited_year": "2026"})
    printed = _printed("{% error_summary form %}{{ form }}", form=form)
    assert '<a href="#id_name">Enter the name of the school</a>' in printed
    assert '<a href="#id_phase_0">Select a phase</a>' in printed
    assert '<a href="#id_visited_0">Date of visit must be a real date</a>' in printed
    assert 'id="id_name_error"' in printed
    assert 'aria-describedby="id_name_helptext id_name_error"' in printed
    assert 'value="31"' in printed
    ids = re.findall(r'\bid="([^"]+)"', printed)
    assert len(ids) == len(set(ids))


class Visit(forms.Form):
    day = DayField(label="Date of visit")
    seen = DayField(label="Seen", required=False)


@pytest.mark.parametrize(
    ("boxes", "fault"),
    [
        (("", "", ""), "Enter date of visit"),
        (("3", "", "2026"), "Date of visit must include a month"),
        (("", "7", "2026"), "Date of visit must include a day"),
        (("3", "7", ""), "Date of visit must include a year"),
        (("30", "2", "2026"), "Date of visit must be a real date"),
        (("x", "2", "2026"), "Date of visit must be a real date"),
        (("3", "7", "99999"), "Date of visit must be a real date"),
    ],
)
def test_a_date_says_which_part_is_wrong(boxes, fault):
    form = Visit(dict(zip(("day_day", "day_month", "day_year"), boxes, strict=True)))
    assert form.errors["day"] == [fault]


def test_a_date_is_read_and_an_optional_one_may_be_empty():
    form = Visit({"day_day": " 3", "day_month": "7", "day_year": "2026"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"day": datetime.date(2026, 7, 3), "seen": None}
