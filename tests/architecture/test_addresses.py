"""Every address of the site says who may open it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from steward.access import guards


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


ADDRESSES = list(_patterns(get_resolver()))


@pytest.mark.parametrize(("address", "pattern"), ADDRESSES, ids=[address or "/" for address, _ in ADDRESSES])
def test_every_address_declares_a_permission_or_is_public(address, pattern):
    assert getattr(pattern.callback, "permission", None) is not None, f"/{address} declares neither"


def test_few_addresses_are_public():
    public = {
        address
        for address, pattern in ADDRESSES
        if getattr(pattern.callback, "permission", None) == guards.PUBLIC
    }
    assert len(public) <= 12, sorted(public)
