"""Tags and filters that print the components; available in every template without loading."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from steward.interface import lists, words
from steward.interface.branding import plain_branding
from steward.interface.charts import downloads, drawing, notes, twins
from steward.interface.charts.figures import Figure, Sparkline, WardMap
from steward.interface.charts.layout import Room
from steward.interface.forms import Fault, dressed_field, faults_of, kind_of
from steward.interface.navigation import Link
from steward.interface.parts import (
    Cell,
    Column,
    Concern,
    Fact,
    Happening,
    MeasureCard,
    Removable,
    Source,
    Table,
    Tag,
    Task,
)
from steward.vocabulary.values import Known, Missing, Value

register = template.Library()


@register.filter
def shown(value: Value, measured: words.Measured) -> str:
    """Print a value with its unit and decimals, or the words of its reason with the explanation."""
    text = words.value_in_words(value, measured=measured)
    return text if isinstance(value, Known) else missing(value)


@register.filter
def missing(value: Missing) -> SafeString:
    """Print why a value is missing."""
    return format_html(
        '<abbr class="steward-missing" title="{}">{}</abbr>', value.reason.explanation, value.reason.label
    )


@register.filter
def day(moment: date | datetime | None) -> str:
    """Print a day as 3 July 2026."""
    return words.day(moment)


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """Print a moment as 3 July 2026 at 9:30am."""
    return words.day_and_time(moment)


@register.filter
def whole(amount: float) -> str:
    """Print a number without decimals, with commas."""
    return words.number(amount)


@register.filter
def decimal(amount: float, decimals: int = 1) -> str:
    """Print a number with so many decimals and a true minus sign."""
    return words.number(amount, decimals=decimals)


@register.filter
def signed(amount: float, decimals: int = 1) -> str:
    """Print a change with its plus or minus sign."""
    return words.signed(amount, decimals=decimals)


@register.filter
def percent(amount: float, decimals: int = 1) -> str:
    """Print a number of percent as 64.5%."""
    return words.with_unit(words.number(amount, decimals=decimals), unit="percent")


@register.filter
def share(part: float, whole: float) -> str:
    """Print a part of a whole in whole percent, as 69%."""
    return words.share(part, whole=whole)


@register.filter
def may(viewer: object, permission: str) -> bool:
    """Say whether the viewer holds a permission, by its name: {% if user|may:"view_proposals" %}."""
    return bool(getattr(viewer, "holds", lambda _: False)(permission))


@register.filter
def kind(field: BoundField) -> str:
    """Name the kind of form field, by which its template is chosen."""
    return kind_of(field)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """Print the widget of a field with its GOV.UK class and the ids of its hint and errors."""
    return dressed_field(field)


@register.simple_tag
def address_if_known(name: str) -> str:
    """Give the address of a page, or nothing when this site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def brand_if_missing(context: Context) -> str:
    """Give the page the council's name when it is printed without a request, as error pages are."""
    if "council_name" not in context:
        context.update(plain_branding())
    return ""


@register.simple_tag
def contact_link(contact: str) -> SafeString:
    """Print the contact: an email address or a web address as a link, anything else as it is."""
    if contact.startswith(("https://", "http://")):
        return format_html('<a class="govuk-link" href="{}">Contact us</a>', contact)
    if "@" in contact:
        return format_html('<a class="govuk-link" href="mailto:{}">{}</a>', contact, contact)
    return format_html("{}", contact)


@register.inclusion_tag("interface/components/heading.html")
def heading(text: str, caption: str = "") -> dict[str, str]:
    """Print the page's heading with a caption above it."""
    return {"text": text, "caption": caption}


@register.inclusion_tag("interface/components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> dict[str, Sequence[tuple[str, str]]]:
    """Print the way from home to this page: pairs of words and address, the last without one."""
    return {"crumbs": crumbs}


@register.inclusion_tag("interface/components/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, str]:
    """Print the way back, on journeys and forms; use breadcrumbs elsewhere, never both."""
    return {"href": href, "text": text}


@register.inclusion_tag("interface/components/subnavigation.html")
def subnavigation(links: Sequence[Link], label: str = "Sections of this record") -> dict[str, object]:
    """Print links to the pages of one record, the current one marked."""
    return {"links": links, "label": label}


@register.inclusion_tag("interface/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, list[Fault]]:
    """Print what is wrong with a form, each fault linked to its field."""
    return {"faults": faults_of(form)}


@register.simple_tag
def tag(text: object, concern: str = "plain") -> SafeString:
    """Print a word with the shape of its concern (none, low, medium, high, unsettled, plain)."""
    made = text if isinstance(text, Tag) else Tag(str(text), Concern(concern))
    return _tag(made)


@lru_cache(maxsize=256)
def _tag(made: Tag) -> SafeString:
    return mark_safe(render_to_string("interface/components/tag.html", {"tag": made}))  # noqa: S308


@register.simple_tag
def content(item: object) -> object:
    """Print what stands in a cell: a tag, a day, a missing value, or text as it is."""
    if isinstance(item, Cell):
        return _cell(item)
    if isinstance(item, Tag):
        return tag(item)
    if isinstance(item, Missing):
        return missing(item)
    if isinstance(item, datetime):
        return words.day_and_time(item)
    return words.day(item) if isinstance(item, date) else item


def _escaped(item: object) -> SafeString:
    made = content(item)
    return conditional_escape(made if isinstance(made, str) else str(made))


def _cell(cell: Cell) -> SafeString:
    """Print a cell without a template of its own, since a long list has thousands."""
    inner = _escaped(cell.content)
    href = conditional_escape(cell.href)
    body = f'<a class="govuk-link" href="{href}">{inner}</a>' if href else inner
    note = f'<span class="steward-note">{conditional_escape(cell.note)}</span>' if cell.note else ""
    return mark_safe(f"{body}{note}")  # noqa: S308 - every part was escaped


@register.inclusion_tag("interface/components/summary_list.html")
def summary_list(facts: Iterable[Fact]) -> dict[str, Iterable[Fact]]:
    """Print facts as a summary list."""
    return {"facts": facts}


@register.inclusion_tag("interface/components/table.html", takes_context=True)
def table(context: Context, made: Table) -> dict[str, object]:
    """Print a table; its sortable headings keep the filters of the page."""
    request = context.get("request")
    heads = [_head(column, made.sorted_by, request) for column in made.columns]
    rows = [_table_row(made.columns, row) for row in made.rows]
    return {"table": made, "heads": heads, "rows": rows}


def _table_row(columns: Sequence[Column], row: Sequence[object]) -> SafeString:
    """Print the cells of a row without a template, since a long list has thousands."""
    label, name = conditional_escape(columns[0].label), _escaped(row[0])
    heading = (
        f'<th scope="row" class="govuk-table__header steward-table__name" data-label="{label}">'
        f"<span>{name}</span></th>"
    )
    cells = (
        f'<td class="govuk-table__cell{" govuk-table__cell--numeric" if column.numeric else ""}'
        f'{" steward-minor" if column.minor else ""}" '
        f'data-label="{conditional_escape(column.label)}"><span>{_escaped(item)}</span></td>'
        for column, item in zip(columns[1:], row[1:], strict=True)
    )
    return mark_safe(heading + "\n".join(cells))  # noqa: S308 - every part was escaped


def _head(column: Column, sorted_by: str, request: object) -> dict[str, object]:
    query = getattr(request, "GET", None)
    sortable = bool(column.sort) and query is not None
    href = (
        lists.sort_address(query, key=column.sort, sorted_by=sorted_by)
        if sortable and query is not None
        else ""
    )
    here = bool(column.sort) and sorted_by.removeprefix("-") == column.sort
    order = ("descending" if sorted_by.startswith("-") else "ascending") if here else "none"
    return {"column": column, "href": href, "order": order}


@register.inclusion_tag("interface/components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[object]") -> dict[str, object]:
    """Print links to the pages of a list, keeping its filters and order."""
    query = context["request"].GET
    shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": item, "href": lists.page_address(query, page=item) if isinstance(item, int) else ""}
        for item in shown_pages
    ]
    before = lists.page_address(query, page=page.number - 1) if page.has_previous() else ""
    after = lists.page_address(query, page=page.number + 1) if page.has_next() else ""
    return {"page": page, "links": links, "before": before, "after": after}


@register.inclusion_tag("interface/components/filters.html", takes_context=True)
def filters(
    context: Context, form: BaseForm, title: str = "Filter", *, opened: bool = False
) -> dict[str, object]:
    """Print a form as a panel of filters (GET), with the filters in force as removable tags."""
    request = context["request"]
    found: list[Removable] = lists.removable_filters(form, query=request.GET)
    kept = request.GET.get(lists.SORT, "")
    return {
        "form": form,
        "title": title,
        "removable": found,
        "clear": request.path,
        "sort": kept,
        "opened": opened,
    }


@register.inclusion_tag("interface/components/result_count.html")
def result_count(count: int, one: str, many: str = "", description: str = "") -> dict[str, str]:
    """Print how many were found and by which filters in words."""
    return {"counted": words.counted(count, one=one, many=many), "description": description}


@register.inclusion_tag("interface/components/export_links.html")
def export_links(csv: str = "", xlsx: str = "", what: str = "this list") -> dict[str, str]:
    """Print links that download exactly what is listed."""
    return {"csv": csv, "xlsx": xlsx, "what": what}


@register.inclusion_tag("interface/components/measure_card.html")
def measure_card(card: MeasureCard) -> dict[str, object]:
    """Print a measure as a card."""
    return {"card": card}


@register.inclusion_tag("interface/components/source.html")
def source(given: Source | str, href: str = "") -> dict[str, Source]:
    """Print where figures come from."""
    return {"source": given if isinstance(given, Source) else Source(given, href)}


@register.inclusion_tag("interface/components/task_list.html")
def task_list(tasks: Iterable[Task]) -> dict[str, Iterable[Task]]:
    """Print tasks with their status."""
    return {"tasks": tasks}


@register.inclusion_tag("interface/components/timeline.html")
def timeline(happenings: Sequence[Happening]) -> dict[str, Sequence[Happening]]:
    """Print what happened, in the order given."""
    return {"happenings": happenings}


@register.inclusion_tag("interface/components/chart.html", takes_context=True)
def chart(context: Context, figure: Figure) -> dict[str, object]:
    """Print a chart: finding, measure, picture, notes, source, downloads, and its table twin beneath."""
    request = context.get("request")
    return {
        "figure": figure,
        "picture": _drawn(figure),
        "subtitle": notes.subtitle(figure),
        "notes": notes.notes_of(figure),
        "links": downloads.links_of(figure, request=request),
        "twin": twins.table_of(figure),
        "twin_is_list": isinstance(figure, WardMap),
        "request": request,
    }


@register.inclusion_tag("interface/components/chart_picture.html", takes_context=True)
def chart_picture(context: Context, figure: Figure) -> dict[str, object]:
    """Print a chart without finding and table, where the page has both: picture, notes, source, downloads."""
    return {
        "figure": figure,
        "picture": _drawn(figure),
        "notes": notes.notes_of(figure),
        "links": downloads.links_of(figure, request=context.get("request")),
    }


@register.simple_tag
def sparkline(figure: Figure) -> SafeString:
    """Print a picture without its table, for use in a table or a card."""
    return _drawn(figure)


def _drawn(figure: Figure) -> SafeString:
    """Return the picture for a wide page and for a narrow one; the style sheet shows the one that fits."""
    if isinstance(figure, Sparkline):
        return mark_safe(drawing.svg(figure))  # noqa: S308 - every text in it was escaped
    return mark_safe("".join(drawing.svg(figure, room=room) for room in Room))  # noqa: S308 - likewise


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str) -> SafeString:
    """Print something that is opened when wanted."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag(end_name="endinset")
def inset(content: str) -> SafeString:
    """Print something set apart from the text."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag(end_name="endwarning")
def warning(content: str) -> SafeString:
    """Print a warning, before something that cannot be undone."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">Warning</span>{}</strong></div>',
        content,
    )
