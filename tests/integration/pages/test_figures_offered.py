"""Every figure a page offers says what it is, of how many, and where it comes from; every page its tab."""

import re
from collections import Counter

import pytest
from django.urls import Resolver404, resolve, reverse

from steward.access.roles import Role

pytestmark = pytest.mark.django_db
TIMES = 1
"""How many pages of one kind are looked at, since each kind is made alike."""
_LINK = re.compile(r'href="(/[^"#?]*)')
_TAB = re.compile(r'<a[^>]*aria-current="page"[^>]*>([^<]+)</a>|aria-current="page"[^>]*>\s*([^<]+)<')
_OF_AREA = {
    "pages:funnel": "Standing out",
    "pages:standing-out": "Standing out",
    "pages:wards": "Wards",
    "pages:ward": "Wards",
    "pages:standards-year": "Standards",
    "pages:standards-section": "Standards",
    "pages:standards-whole": "Standards",
    "pages:outcome-topic": "Outcomes",
    "pages:area-measure": "Outcomes",
    "pages:neighbours": "Neighbours",
    "pages:area-accountability": "Accountability",
    "pages:school-measure": "Performance",
    "pages:school-performance": "Performance",
    "pages:school-similar": "Similar schools",
    "pages:school-history": "History",
}


def _walk(client, start):
    """Yield the name and the answer of pages reached from some addresses, so many of a kind."""
    waiting, seen, kinds = list(start), set(start), Counter()
    while waiting:
        address = waiting.pop(0)
        name = _name(address)
        if not name.startswith("pages:") or kinds[name] >= TIMES or "." in address:
            continue
        kinds[name] += 1
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        yield name, answer
        found = [link for link in _LINK.findall(answer.text) if link not in seen]
        seen.update(found)
        waiting += found


def _name(address):
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


@pytest.fixture
def walked(client_of, sample_home):
    code, urn = sample_home.authority, sample_home.summary.stories.falling_primary
    start = [
        reverse("pages:area", args=[code]),
        reverse("pages:standards-year", args=[code, 2019]),
        reverse("pages:school-performance", args=[urn]),
    ]
    return list(_walk(client_of(Role.HEAD_OF_SERVICE), start))


def test_every_figure_says_what_it_is_and_every_page_stands_under_its_tab(walked):
    figures, kinds = [], set()
    for name, answer in walked:
        kinds.add(name)
        offered = getattr(answer.wsgi_request, "_steward_figures", {})
        figures += [(name, figure) for figure in offered.values()]
        if name in _OF_AREA:
            marked = {text.strip() for pair in _TAB.findall(answer.text) for text in pair if text}
            assert _OF_AREA[name] in marked, (name, marked)
            assert "Overview" not in marked, name
    assert {"pages:funnel", "pages:standards-section", "pages:wards", "pages:school-measure"} <= kinds
    assert len(figures) > 10
    lacking = {
        (name, type(figure).__name__, part)
        for name, figure in figures
        for part in ("title", "description", "measure", "cohort", "source")
        if not getattr(figure, part)
    }
    assert lacking == set()
