"""The page of one measure of a school: four parts, each with its link, beside schools and neighbours."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence.queries import neighbours
from steward.interface.charts import drawing
from steward.interface.gallery_charts import distribution_specimen
from steward.pages.queries import comparators, wards
from steward.register.models import School
from steward.vocabulary.areas import Level

pytestmark = pytest.mark.django_db
PARTS = {"this-year": "This year", "years": "Year by year", "table": "Table", "best": "Best among similar"}


@pytest.fixture
def page(client_of, sample_home):
    client = client_of(Role.ADVISER)
    urn = sample_home.summary.stories.falling_primary
    listed = client.get(reverse("pages:school-performance", args=[urn])).text
    code = next(code for code in re.findall(r"/measures/([\w-]+)/", listed) if code.startswith("ks2"))
    return client.get(reverse("pages:school-measure", args=[urn, code]))


def test_each_part_has_a_link_at_the_top(page):
    for part, title in PARTS.items():
        assert f'href="#{part}">{title}' in page.text
        assert f'id="{part}"' in page.text


def test_the_school_is_marked_among_its_similar_schools_and_the_finding_is_in_words(page):
    found = re.search(r"Among similar schools: (higher|lower) than \d+% of \d+ schools", page.text)
    assert found
    assert "steward-drawing--spread" in page.text
    assert re.search(r"download=[\w-]+-spread-\d+\.svg", page.text)


def test_the_page_stands_under_performance(page):
    current = re.findall(r'aria-current="page"[^>]*>([^<]+)', page.text)
    assert current == ["Performance"]


def test_neighbours_stand_among_the_comparators_where_five_have_a_figure(page, sample_home):
    held = neighbours.lists()
    listed = neighbours.neighbours_of(sample_home.authority, list_id=held[0].id) if held else ()
    known = [comparators.book(Level.AUTHORITY, one.authority, name="") for one in listed]
    assert ("Statistical neighbours" in html.unescape(page.text)) == (len(known) >= 5)


def test_region_and_ward_stand_among_the_comparators_and_a_cluster_is_a_set(client_of, sample_home):
    viewer = client_of(Role.ADVISER)
    found = wards.wards_of(sample_home.authority, viewer=get_user_model().objects.get())
    ward, pooled = next(
        (ward, one)
        for ward in found.wards
        for one in ward.pooled
        if one.value is not None and one.indicator.id == "attainment_8" and not one.made_of[0].as_urn
    )
    address = reverse("pages:school-measure", args=[pooled.made_of[0].urn, "attainment_8"])
    page = html.unescape(viewer.get(address).text)
    assert f"<dt>Ward: {ward.name}" in page
    assert f"pooled, this school among them: {pooled.rests_on}" in page
    assert "<dt>" + School.objects.get(urn=pooled.made_of[0].urn).authority.region in page
    assert "a cluster is a" in page


def test_a_picture_is_drawn_once_however_often_a_page_asks_for_it():
    figure = distribution_specimen(count=40)
    assert drawing.svg(figure) is drawing.svg(distribution_specimen(count=40))
