"""How long pages take under a bounded local load: a list of 300 schools, school pages, an area."""

import http.cookiejar
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

HOME = Path(os.environ.get("STEWARD_HOME", "var/sample")).resolve()
ROLE = "Adviser"
REQUESTS = 120
READERS = 2
GOALS = {"list of 300 schools": 150, "school page": 300}
"""Milliseconds for the 95th percentile."""


class Reader:
    """Somebody who is signed in and opens pages, one after another."""

    def __init__(self, *, site: str, email: str, password: str) -> None:
        self._site = site
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open = urllib.request.build_opener(cookies).open
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.text("/sign-in/"))
        if token is None:
            raise RuntimeError("The sign-in page has no form.")
        names = re.findall(r'<input[^>]*name="(username|email|password)"', self.text("/sign-in/"))
        fields = {name: password if name == "password" else email for name in names}
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        request = urllib.request.Request(
            site + "/sign-in/", data=form, headers={"Referer": site + "/sign-in/"}
        )
        self._open(request, timeout=30).read()

    def text(self, address: str) -> str:
        """Return the page at `address`."""
        return str(self._open(self._site + address, timeout=30).read().decode())

    def seconds(self, address: str) -> float:
        """Return how long the page took to arrive whole, in seconds."""
        began = time.perf_counter()
        self.text(address)
        return time.perf_counter() - began


def main() -> int:
    """Serve the sample, read pages, print the median and the 95th percentile beside the goal."""
    build()
    email, password = sign_ins()[ROLE]
    with served() as site:
        readers = [Reader(site=site, email=email, password=password) for _ in range(READERS)]
        schools = re.findall(r'href="/schools/(\d+)/"', readers[0].text("/schools/?rows=300"))
        kinds = {
            "list of 300 schools": ["/schools/?rows=300"],
            "school page": [f"/schools/{urn}/" for urn in schools],
            "school performance": [f"/schools/{urn}/performance/" for urn in schools],
            "school proposal": [f"/schools/{urn}/proposal/" for urn in schools],
            "area overview": [readers[0].text("/areas/") and "/areas/399/"],
            "home": ["/"],
        }
        print(f"{'page':<22} {'median':>8} {'P95':>8} {'goal':>8}   (milliseconds, {READERS} readers)")
        for kind, addresses in kinds.items():
            _print(kind, _times(readers, addresses))
    return 0


def _times(readers: Sequence[Reader], addresses: Sequence[str]) -> list[float]:
    readers[0].text(addresses[0])
    each = REQUESTS // len(readers)
    shares = [
        [addresses[(number * each + turn) % len(addresses)] for turn in range(each)]
        for number in range(len(readers))
    ]
    with ThreadPoolExecutor(len(readers)) as pool:
        runs = pool.map(
            lambda pair: [pair[0].seconds(address) for address in pair[1]], zip(readers, shares, strict=True)
        )
        return [seconds for run in runs for seconds in run]


def _print(kind: str, times: Sequence[float]) -> None:
    median = statistics.median(times) * 1000
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    goal = f"{GOALS[kind]:>8}" if kind in GOALS else f"{'-':>8}"
    print(f"{kind:<22} {median:>8.0f} {p95:>8.0f} {goal}")


def _steward() -> list[str]:
    return [str(Path(sys.executable).parent / "steward")]


def build() -> None:
    """Build the sample in HOME, unless it is there."""
    _demo()


def sign_ins() -> dict[str, tuple[str, str]]:
    """Return email address and password by role, as the sample prints them."""
    found = re.findall(r"^  (\w[\w ]+?)\s{2,}(\S+@\S+)\s+(\S+)$", _demo(), re.MULTILINE)
    return {role: (email, password) for role, email, password in found}


def _demo() -> str:
    command = [*_steward(), "demo", "--no-serve"]
    return subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True).stdout


def _environment() -> dict[str, str]:
    return {"STEWARD_COUNCIL_NAME": "Aldermere Council", **os.environ, "STEWARD_HOME": str(HOME)}


@contextmanager
def served() -> Iterator[str]:
    """Serve the sample for as long as the block lasts; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*_steward(), "serve", "--port", str(port)], env=_environment(), stdout=subprocess.DEVNULL
    )
    site = f"http://127.0.0.1:{port}"
    try:
        _wait(site)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(site: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(site + "/sign-in/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site did not start within twenty seconds.")


if __name__ == "__main__":
    raise SystemExit(main())
