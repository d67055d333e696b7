"""A data officer sees which pupil files are held, takes the list away, and deletes one."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from steward.access.roles import Role
from steward.evidence.models import PupilFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home, settings, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(sample_home.home / "store", home / "store")
    settings.STEWARD_HOME, settings.STEWARD_STORE = home, home / "store"
    return sample_home


def test_a_data_officer_sees_what_is_held_and_deletes_it(sample, page, sign_in, axe):
    rows = f"{PupilFile.objects.get().rows:,}"
    sign_in(Role.DATA_OFFICER)
    page.get_by_role("link", name="Pupil files", exact=True).click()
    expect(page.locator(".steward-finding")).to_have_text(f"{rows} pupil rows are held, from 1 file.")
    _look(page, axe)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download as CSV")).click()
    held = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert held[0].startswith("file,state,year,key_stage,pupil_rows")
    assert len(held) > 1

    page.locator("tbody tr").get_by_role("link").first.click()
    _look(page, axe)
    page.get_by_role("button", name="Delete these pupil rows").click()
    _look(page, axe)
    page.get_by_role("button", name=f"Delete {rows} pupil rows").click()
    expect(page.get_by_text(f"{rows} pupil rows, and every figure made of them, are deleted")).to_be_visible()
    expect(page.locator(".steward-finding")).to_have_text("No results of single pupils are held.")
    expect(page.get_by_role("heading", name="Load another file")).to_be_visible()
    _look(page, axe)


def test_without_a_file_the_first_step_is_told(transactional_db, page, sign_in, axe):
    sign_in(Role.DATA_OFFICER)
    page.goto("/pupils/")
    expect(page.get_by_role("heading", name="Load a first file")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    _look(page, axe)


def _look(page: Page, axe) -> None:
    axe(page)
    folder = os.environ.get("STEWARD_LOOK")
    if folder:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            name = re.sub(r"\W+", "-", page.title())[:40]
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
