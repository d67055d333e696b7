"""Colours that stay readable, the build of the style sheet, error pages, navigation."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from steward.interface import build, colour
from steward.interface.branding import theme


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.ROOT_URLCONF = "integration.access.addresses"
    settings.STATIC_ROOT = tmp_path


@given(some.integers(0, 0xFFFFFF))
def test_any_brand_colour_leaves_links_and_header_readable(number):
    brand = f"#{number:06x}"
    link = colour.readable_on_white(brand)
    assert colour.contrast(link, other=colour.WHITE) >= 4.5
    assert colour.contrast(link, other=colour.mixed(brand, into=colour.WHITE, share=0.95)) >= 4.5
    assert colour.contrast(colour.text_on(brand), other=brand) >= 4.5


def test_black_on_white_has_the_contrast_the_standard_gives():
    assert round(colour.contrast("#000000", other="#ffffff"), 2) == 21.0
    assert round(colour.contrast("#767676", other="#ffffff"), 2) == 4.54


def test_the_theme_is_a_style_sheet_that_browsers_may_keep(settings):
    settings.STEWARD_BRAND_COLOUR = "#aa0044"
    answer = Client().get("/theme.css")
    assert answer["Content-Type"] == "text/css"
    assert "max-age=86400" in answer["Cache-Control"]
    assert "--govuk-brand-colour:#aa0044;" in answer.text
    assert answer.text == theme()


def test_a_build_is_current_only_for_the_same_inputs(tmp_path):
    style = tmp_path / "a.scss"
    style.write_text("a{}")
    first = build.stamp([style])
    (tmp_path / ".stamp").write_text(first)
    assert build.is_current(built=tmp_path, fingerprint=first)
    style.write_text("b{}")
    assert not build.is_current(built=tmp_path, fingerprint=build.stamp([style]))
    assert not build.is_current(built=tmp_path / "nowhere", fingerprint=first)


def test_node_is_found_on_the_machine_or_in_the_wheel(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert (build.node_folder() / "node").exists()


def test_the_built_style_sheet_has_nothing_of_the_crown():
    if not (build.BUILT / "steward.css").exists():
        pytest.skip("The style sheet is not built: run python -m steward.interface.build.")
    sheet = (build.BUILT / "steward.css").read_text()
    assert "Source Sans 3" in sheet
    assert not re.search(r"crown|crest|GDS Transport", sheet)
    assert {path.name for path in (build.BUILT / "fonts").iterdir()} == set(build.FONTS)
    addresses = re.findall(r"url\(([^)]*)\)", sheet)
    assert all(address.strip("\"'").startswith("fonts/") for address in addresses)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/accessibility/", "/privacy/", "/nowhere/"])
def test_pages_hold_nothing_inline_and_ask_no_other_host(address):
    page = Client().get(address)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", page.text)
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', page.text)
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_a_failure_is_told_in_plain_words_under_the_council_s_name(settings):
    settings.STEWARD_COUNCIL_NAME = "Northbridge City Council"
    answer = Client(raise_request_exception=False).get("/failing/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "Northbridge City Council" in answer.text


def test_a_page_that_is_not_there_says_so():
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "<title>There is no such page \N{EN DASH} " in answer.text
