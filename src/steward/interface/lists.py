"""Addresses of lists: sorting, pages and filters kept in the query string."""

from collections.abc import Iterable, Mapping

from django.forms import BaseForm
from django.http import QueryDict

from steward.interface.parts import Removable

PAGE = "page"
SORT = "sort"


def with_changes(query: QueryDict, changes: Mapping[str, str | None]) -> str:
    """Return the query string with some keys set, or removed when None; the page is forgotten."""
    fresh = query.copy()
    fresh.pop(PAGE, None)
    for name, text in changes.items():
        fresh.pop(name, None)
        if text is not None:
            fresh[name] = text
    return "?" + fresh.urlencode()


def sort_address(query: QueryDict, *, key: str, sorted_by: str) -> str:
    """Return the address of the list sorted by `key`, the other way round if it is so already."""
    return with_changes(query, {SORT: f"-{key}" if sorted_by == key else key})


def page_address(query: QueryDict, *, page: int) -> str:
    """Return the address of another page of the same list."""
    fresh = query.copy()
    fresh[PAGE] = str(page)
    return "?" + fresh.urlencode()


def chosen_sort(query: QueryDict, *, allowed: Iterable[str], default: str) -> str:
    """Return the sort asked for in the address, or the default when it is not one of those allowed."""
    asked = query.get(SORT, default)
    return asked if asked.removeprefix("-") in set(allowed) else default


def removable_filters(form: BaseForm, *, query: QueryDict) -> list[Removable]:
    """Return a removable tag for each filter in force, in the order of the form's fields.

    A value that a field does not offer narrows nothing and has no tag: the form says what is wrong with it.
    """
    found = []
    for name, field in form.fields.items():
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        for text in [text for text in query.getlist(name) if text.strip() and not _unknown(text, words)]:
            found.append(
                Removable(f"{field.label or name}: {words.get(text, text)}", _without(query, name, text))
            )
    return found


def _unknown(text: str, words: Mapping[str, str]) -> bool:
    return bool(words) and text not in words


def _without(query: QueryDict, name: str, text: str) -> str:
    fresh = query.copy()
    fresh.pop(PAGE, None)
    fresh.setlist(name, [kept for kept in query.getlist(name) if kept != text])
    return "?" + fresh.urlencode()
