"""Write every page for every role at two widths into screenshots/: `make screenshots`, then look at them."""

import os
import re
import shutil
import sys
from pathlib import Path

from benchmarks import latency
from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path("screenshots")
WIDTHS = (1280, 390)
EVERYBODY = ("/", "/how-to-read-this/", "/accessibility/", "/privacy/", "/account/")
ADDRESSES = (
    "/schools/",
    "/schools/?q=primary&phase=primary&sort=-name&page=2",
    "/schools/?q=nothing+is+called+this",
    "/search/?q=st",
    "/areas/",
    "/areas/{authority}/",
    "/areas/{authority}/?as_at=2013-12-31",
    "/schools/{primary}/",
    "/schools/{primary}/performance/",
    "/schools/{primary}/inspections/",
    "/schools/{primary}/proposal/",
    "/schools/{primary}/history/",
    "/schools/{secondary}/",
    "/schools/{secondary}/performance/",
    "/schools/{secondary}/proposal/",
    "/indicators/",
    "/indicators/progress_8/",
    "{figure}",
    "{area_figure}",
    "/releases/",
    "{release}",
    "/releases/unmatched/",
    "/policy/",
    "/policy/four-category/",
    "/people/",
    "/link-officers/",
    "/what-happened/",
    "/components/",
    "/nothing-is-here/",
)


def main() -> int:
    """Sign in as each role and photograph each page; returns 1 when a page failed on the server."""
    latency.build()
    people = latency.sign_ins()
    shutil.rmtree(OUT, ignore_errors=True)
    failed: list[str] = []
    with latency.served() as site, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", shutil.which("chromium"))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        places = _places(browser, site, people["Administrator"])
        _photograph_anonymous(browser, site)
        for role, sign_in in people.items():
            failed.extend(_photograph(browser, site, role=role, sign_in=sign_in, places=places))
        browser.close()
    sys.stdout.write("".join(f"{line}\n" for line in failed) or f"All pages are in {OUT}/.\n")
    return 1 if failed else 0


def _signed_in(browser: Browser, site: str, sign_in: tuple[str, str], *, width: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    page.goto(f"{site}/sign-in/")
    page.locator("input[type=email], input[name=username]").first.fill(sign_in[0])
    page.locator("input[type=password]").fill(sign_in[1])
    page.get_by_role("button", name="Sign in").click()
    return page


def _photograph_anonymous(browser: Browser, site: str) -> None:
    for width in WIDTHS:
        page = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=False
        ).new_page()
        for address in ("/sign-in/", "/accessibility/", "/privacy/"):
            page.goto(site + address)
            _shoot(page, role="nobody", width=width, address=address)


def _photograph(
    browser: Browser, site: str, *, role: str, sign_in: tuple[str, str], places: dict[str, str]
) -> list[str]:
    failed = []
    for width in WIDTHS:
        page = _signed_in(browser, site, sign_in, width=width)
        for pattern in (*EVERYBODY, *ADDRESSES):
            address = pattern.format(**places)
            answer = page.goto(site + address)
            if answer is None or answer.status >= 500:
                failed.append(f"{role}: {address} failed on the server")
            elif answer.status == 200 or pattern == "/nothing-is-here/":
                _shoot(page, role=role, width=width, address=pattern)
        page.context.close()
    return failed


def _shoot(page: Page, *, role: str, width: int, address: str) -> None:
    name = re.sub(r"[^\w]+", "-", address).strip("-") or "home"
    place = OUT / role.lower().replace(" ", "-") / str(width) / f"{name}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=place, full_page=True)


def _places(browser: Browser, site: str, sign_in: tuple[str, str]) -> dict[str, str]:
    page = _signed_in(browser, site, sign_in, width=1280)
    found = {"authority": os.environ.get("STEWARD_SHOWN_AUTHORITY", "399")}
    for phase in ("primary", "secondary"):
        page.goto(f"{site}/schools/?phase={phase}&sort=-proposal")
        found[phase] = _first(page, r"/schools/(\d+)/")
    page.goto(f"{site}/schools/{found['secondary']}/performance/")
    found["figure"] = _first(page, r"(/figures/[^\"]+)")
    page.goto(f"{site}/areas/{found['authority']}/")
    found["area_figure"] = _first(page, r"(/areas/[^\"]+/figures/[^\"]+)")
    page.goto(f"{site}/releases/")
    found["release"] = _first(page, r"(/releases/[\w-]+\d[\w-]*/)")
    page.context.close()
    return found


def _first(page: Page, pattern: str) -> str:
    found = re.search(f'href="{pattern}', page.content())
    if found is None:
        raise RuntimeError(f"{page.url} has no link like {pattern}.")
    return found[1]


if __name__ == "__main__":
    raise SystemExit(main())
