"""The main journey: find a school, read why it is proposed, open a number, take the list away."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def _proposed(page: Page) -> str:
    """Open the list of schools proposed with most concern and return the name of the first."""
    page.goto("/schools/?sort=-proposal")
    first = page.get_by_role("table").get_by_role("link").filter(has_text=re.compile(r"[a-z]")).first
    name = page.locator("tbody tr").first.get_by_role("link").first.inner_text()
    expect(first).to_be_visible()
    return name


def test_an_adviser_finds_a_school_and_reads_why(sample, page, sign_in, axe):
    sign_in(Role.ADVISER)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    name = _proposed(page)
    page.goto("/")
    page.get_by_label("Find a school").fill(name)
    page.get_by_role("button", name="Search").click()
    if not re.search(r"/schools/\d+/", page.url):
        page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(name)))
    page.get_by_role("link", name="Proposal", exact=True).click()
    for group in ("Met", "Could not be settled", "Not met"):
        expect(page.get_by_role("heading", name=re.compile(rf"^{group}"))).to_be_visible()
    axe(page)


def test_a_number_opens_down_to_the_row_of_its_file(sample, page, sign_in, axe):
    sign_in(Role.ADVISER)
    page.goto("/schools/?phase=secondary&sort=name")
    page.locator("tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("link", name="Performance", exact=True).click()
    number = page.locator("a[href^='/figures/']").first
    shown = number.inner_text().strip().splitlines()[0]
    number.click()
    expect(page.locator("main")).to_contain_text(shown.removesuffix("%"))
    expect(page.locator("main")).to_contain_text("SHA-256")
    axe(page)
    page.get_by_role("link", name=re.compile(r"^Row \d+$")).first.click()
    cells = page.get_by_role("table").first.inner_text()
    assert "URN" in cells
    axe(page)


def test_the_list_is_taken_away_as_it_stands(sample, page, sign_in, javascript):
    sign_in(Role.ADVISER)
    page.goto("/schools/?phase=primary&sort=-name")
    count = int(re.search(r"(\d+) schools?", page.locator("main").inner_text())[1])
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile("CSV")).first.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    names = [row["School"] for row in csv.DictReader(text.splitlines()) if row.get("School")]
    assert len(names) == count
    on_page = [link.inner_text() for link in page.locator("tbody th a, tbody td:first-child a").all()]
    assert [name for name in on_page if name in names][:3] == names[:3]


PAGES = (
    "/",
    "/schools/",
    "/schools/?phase=primary&q=a&page=2",
    "/schools/?q=nothing+is+called+this",
    "/search/?q=st",
    "/areas/",
    "/areas/{authority}/",
    "/areas/{authority}/?as_at=2013-12-31",
    "/schools/{school}/",
    "/schools/{school}/performance/",
    "/schools/{school}/inspections/",
    "/schools/{school}/proposal/",
    "/schools/{school}/history/",
    "/indicators/",
    "/indicators/progress_8/",
    "/how-to-read-this/",
    "/releases/",
    "/releases/unmatched/",
    "/policy/",
    "/policy/four-category/",
    "/policy/havering/",
    "/link-officers/",
    "/nothing-is-here/",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_free_of_barriers(sample, page, sign_in, axe, address, reported):
    sign_in(Role.ADMINISTRATOR)
    page.goto("/schools/?phase=secondary")
    school = re.search(r"/schools/(\d+)/", page.content())[1]
    page.goto(address.format(authority=sample.authority, school=school))
    axe(page)
    if address == "/nothing-is-here/":
        page.goto("/")
        reported.clear()


def test_a_release_is_free_of_barriers(sample, page, sign_in, axe):
    sign_in(Role.DATA_OFFICER)
    page.goto("/releases/")
    page.locator("tbody a[href^='/releases/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


def test_a_school_user_sees_only_their_own_school(sample, page, sign_in, axe, reported):
    urn = sample.summary.stories.falling_primary
    sign_in(Role.SCHOOL_USER, school_urn=urn)
    page.goto(f"/schools/{urn}/")
    axe(page)
    expect(page.get_by_role("link", name="Proposal", exact=True)).to_have_count(0)
    for address in (f"/schools/{urn}/proposal/", f"/schools/{urn + 1}/", "/schools/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), address
    page.goto("/account/")
    reported.clear()
