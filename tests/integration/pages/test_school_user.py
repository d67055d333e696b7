"""What a school user can open: every link on the own five pages, and nothing of other schools."""

import re

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence.queries import figures
from steward.register.models import Predecessor, School

TABS = ("school", "school-performance", "school-inspections", "school-history")
_LINK = re.compile(r'href="(/[^"#]*)')
_FILES = ("/static/", "/sign-out/")


def _links(page: str) -> set[str]:
    return {link.replace("&amp;", "&") for link in _LINK.findall(page) if not link.startswith(_FILES)}


@pytest.fixture
def own(sample_home):
    """Return an open academy of the authority served that followed a school with results."""
    followed = dict(Predecessor.objects.values_list("urn", "predecessor_urn"))
    open_here = School.objects.filter(authority_id=sample_home.authority, standing="open").order_by("urn")
    return next(
        one
        for one in open_here
        if one.governance == "academy" and one.urn in followed and figures.figures_of([followed[one.urn]])
    )


def _pages(client, urn):
    home = client.get(reverse("pages:home"), follow=True)
    assert home.status_code == 200
    yield home.content.decode()
    for tab in TABS:
        response = client.get(reverse(f"pages:{tab}", args=[urn]))
        assert response.status_code == 200
        yield response.content.decode()


def test_every_link_on_the_own_pages_opens(client_of, own):
    client = client_of(Role.SCHOOL_USER, urn=own.urn)
    links = {link for page in _pages(client, own.urn) for link in _links(page)}
    assert len(links) > 50
    refused = {
        link: code for link in sorted(links) if (code := client.get(link).status_code) not in (200, 302)
    }
    assert refused == {}


def test_every_link_one_step_further_opens(client_of, own):
    client = client_of(Role.SCHOOL_USER, urn=own.urn)
    links = {link for page in _pages(client, own.urn) for link in _links(page)}
    kinds = {re.sub(r"\d+|[a-z0-9-]+-[0-9a-f]{10}", "N", link): link for link in sorted(links)}
    further = {link for each in kinds.values() for link in _links(client.get(each).content.decode())}
    by_kind = {re.sub(r"\d+|[a-z0-9-]+-[0-9a-f]{10}", "N", link): link for link in sorted(further)}
    refused = {each for each in by_kind.values() if client.get(each).status_code == 403}
    assert refused == set()


def test_other_schools_stay_closed(client_of, own):
    client = client_of(Role.SCHOOL_USER, urn=own.urn)
    followed = Predecessor.objects.filter(urn=own.urn).first().predecessor_urn
    known = set(Predecessor.objects.filter(urn=own.urn).values_list("predecessor_urn", flat=True))
    other = School.objects.exclude(urn__in=[own.urn, *known]).filter(standing="open").order_by("urn").first()
    figure = figures.figures_of([other.urn])[-1]
    address = reverse("evidence:figure", args=[figure.urn, figure.indicator, figure.period])
    assert client.get(address).status_code == 403
    for tab in (*TABS, "school-proposal"):
        assert client.get(reverse(f"pages:{tab}", args=[other.urn])).status_code == 403
        assert client.get(reverse(f"pages:{tab}", args=[followed])).status_code == 403
    earlier = figures.figures_of([followed])[-1]
    address = reverse("evidence:figure", args=[earlier.urn, earlier.indicator, earlier.period])
    assert client.get(address).status_code == 200
