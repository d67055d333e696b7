"""Addresses of pages, each looked up once: a long list has thousands."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(name: str, *args: int | str) -> str:
    """Return the address of a page by its name and what it is about."""
    return reverse(name, args=args)
