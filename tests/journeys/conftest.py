"""A browser for journeys, with scripts off and on, and axe to look for barriers."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Page, sync_playwright

from steward.access import operations
from steward.access.roles import Role
from steward.audit.operations import Program
from steward.interface import build

PASSWORD = "correct horse battery staple"
PROGRAMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
WIDTHS = {"wide": 1280, "narrow": 390}
HEIGHT = 900
TIMEOUT = 10_000  # milliseconds
PARTING = 10  # seconds given to a last request when the server stops


@pytest.fixture(scope="session")
def served(live_server) -> Iterator[None]:
    """Keep the server until its last request has ended; a browser asks for this, so it closes first.

    A connection that outlives the browser would be closed by its own thread after the database is no
    longer shared between threads, and fail whichever test runs then.
    """
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PARTING)


@pytest.fixture(scope="session")
def chromium(served) -> Iterator[Browser]:
    """Give a browser, or skip with the reason."""
    if not (build.BUILT / "steward.css").exists():
        pytest.skip("The style sheet is not built: run `python -m steward.interface.build`.")
    found = next((program for program in PROGRAMS if Path(program).exists()), None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error:
            pytest.skip("Chromium was not found: install it with apt, or run `playwright install chromium`.")
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory) -> None:
    """Make the folder of gathered static files, which the server misses when it is not there."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(params=[False, True], ids=["without-javascript", "with-javascript"])
def javascript(request) -> bool:
    """Say whether the page may run scripts; a journey that uses `page` runs both ways."""
    return request.param


@pytest.fixture
def reported() -> list[str]:
    """Hold what the browser reported as errors; a journey that means to meet one clears it."""
    return []


@pytest.fixture
def page(chromium, static_folder, live_server, javascript, reported) -> Iterator[Page]:
    """Give a page of the site, which fails the test if the browser reports an error."""
    context = chromium.new_context(
        base_url=live_server.url,
        java_script_enabled=javascript,
        viewport={"width": WIDTHS["wide"], "height": HEIGHT},
    )
    context.set_default_timeout(TIMEOUT)
    opened = context.new_page()
    opened.on("pageerror", lambda fault: reported.append(str(fault)))
    opened.on("console", lambda said: reported.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert not reported, f"The browser reported: {reported}"


@pytest.fixture
def sign_in(page, transactional_db) -> Callable[[Role], None]:
    """Give a function that makes a person of a role and signs them in by the form."""

    def sign_in_as(role: Role, *, school_urn: int | None = None) -> None:
        newcomer = operations.Newcomer(
            role.label, f"{role.value}@example.gov.uk".replace("_", "."), role, school_urn
        )
        operations.add_person(newcomer, actor=Program("Journey"), password=PASSWORD, must_change=False)
        page.goto("/sign-in/")
        page.get_by_label("Email address").fill(newcomer.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    return sign_in_as


@pytest.fixture
def axe(chromium, javascript) -> Callable[[Page], None]:
    """Give a function that fails the test when axe finds a barrier, at both widths.

    axe itself is a script, so a page without scripts is looked at in a twin: the same document, in a
    browser that runs axe but is not given the site's own script.
    """
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where a browser is

    def look(opened: Page) -> None:
        opened.wait_for_load_state()  # a click returns before the next page is whole
        seen = opened if javascript else _twin(chromium, opened)
        for width in WIDTHS.values():
            seen.set_viewport_size({"width": width, "height": HEIGHT})
            found = Axe().run(seen).response["violations"]
            barriers = [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]
            assert not barriers, f"At {width} pixels {opened.url}: {barriers}"
            spilling = seen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert spilling <= 0, f"At {width} pixels {opened.url} is {spilling} pixels too wide."
        if seen is not opened:
            seen.context.close()

    return look


def _twin(chromium: Browser, opened: Page) -> Page:
    document = opened.content()
    twin = chromium.new_context().new_page()
    twin.route("**/*.js*", lambda route: route.abort())
    twin.route(
        opened.url, lambda route: route.fulfill(body=document, content_type="text/html; charset=utf-8")
    )
    twin.goto(opened.url)
    return twin
