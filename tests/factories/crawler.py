"""A reader who follows every link of the site, a few pages of each kind, downloads among them."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urldefrag, urljoin

from django.test import Client
from django.urls import Resolver404, resolve

_LINK = re.compile(r'(?:href|src|action)="([^"#][^"]*)"')
_CHANGING = re.compile(
    r"csrfmiddlewaretoken\" value=\"[^\"]+\"|nonce=\"[^\"]+\"|nonce-[\w+/=-]+|\d{1,2}:\d\d(?:am|pm|:\d\d)?"
)
_LEFT_OUT = ("sign-out", "static")


def crawl(client: Client, *, starts: tuple[str, ...], each: int) -> dict[str, bytes]:
    """Return what stands at each address reached, at most `each` addresses of each kind of page."""
    seen: dict[str, bytes] = {}
    counts: Counter[str] = Counter()
    waiting = deque(starts)
    asked = set(starts)
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if not kind or counts[kind] >= each:
            continue
        counts[kind] += 1
        response = client.get(address)
        if response.status_code != 200:
            continue
        body = b"".join(response.streaming_content) if response.streaming else response.content
        seen[address] = body
        if "html" in response["Content-Type"]:
            for link in _links(body.decode(), at=address):
                if link not in asked:
                    asked.add(link)
                    waiting.append(link)
    return seen


def settled(body: bytes) -> str:
    """Return a page without what differs each time it is asked for."""
    return _CHANGING.sub("", body.decode("utf-8", errors="replace"))


def _links(text: str, *, at: str) -> list[str]:
    found = (urldefrag(urljoin(at, unescape(link)))[0] for link in _LINK.findall(text))
    return [link for link in found if link.startswith("/")]


def _kind(address: str) -> str:
    try:
        name = resolve(address.split("?")[0]).view_name
    except Resolver404:
        return ""
    if any(word in name for word in _LEFT_OUT):
        return ""
    asked = sorted(re.findall(r"[?&](\w+)=", address))
    return f"{name}?{'&'.join(asked)}"
