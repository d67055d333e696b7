"""Providers as they are printed."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag
from steward.support import definitions
from steward.support.models import Conflict, Designation, Provider, ProviderEvent
from steward.support.queries.capacity import SpecialismSupply, TermSupply
from steward.support.queries.providers import NO_DAYS, Days
from steward.support.steps import ProviderAct, ProviderState
from steward.support.terms import Term
from steward.vocabulary.phases import Phase

CSV_HEADER = (
    "name",
    "kind",
    "standing",
    "urn",
    "school",
    "phases",
    "specialisms",
    "cost_per_day_pounds",
    "days_offered",
    "days_promised",
    "days_free",
    "watch",
)
_STATES = {
    ProviderState.OFFERED: Concern.UNSETTLED,
    ProviderState.ACTIVE: Concern.NONE,
    ProviderState.PAUSED: Concern.LOW,
    ProviderState.ENDED: Concern.PLAIN,
}
Warnings = Mapping[int, tuple[str, ...]]


def state_tag(provider: Provider) -> Tag:
    """Return the standing of a provider as a tag."""
    return Tag(provider.get_state_display(), _STATES[ProviderState(provider.state)])


def table(
    found: Iterable[Provider], *, days: Mapping[int, Days], warnings: Warnings, sorted_by: str
) -> Table | None:
    """Return the register of providers; None where it is empty."""
    columns = (
        Column("Provider", sort="name"),
        Column("Kind", sort="kind"),
        Column("Specialisms", minor=True),
        Column("Pounds a day", numeric=True, sort="cost_per_day"),
        Column("Days free", numeric=True),
        Column("Standing", sort="state"),
    )
    rows = tuple(_row(one, days=days.get(one.pk, NO_DAYS), warned=warnings.get(one.pk, ())) for one in found)
    return Table("Providers", columns, rows, sorted_by, hide_caption=True) if rows else None


def _row(one: Provider, *, days: Days, warned: tuple[str, ...]) -> tuple[object, ...]:
    note = one.school.name if one.school and one.school.name != one.name else ""
    watch = "Look at its own school first" if warned else ""
    return (
        Cell(
            one.name,
            href=reverse("support:provider", args=(one.pk,)),
            note=". ".join(filter(None, (note, watch))),
        ),
        kind_in_words(one.kind),
        tags_in_words(one.specialisms) or "None recorded",
        words.number(float(one.cost_per_day)),
        Cell(f"{days.free:g}", note=f"of {days.offered:g}"),
        state_tag(one),
    )


def csv_row(one: Provider, *, days: Days, warned: tuple[str, ...]) -> tuple[object, ...]:
    """Return a provider as a row of a file."""
    return (
        one.name,
        kind_in_words(one.kind),
        one.get_state_display(),
        one.school_id or "",
        one.school.name if one.school else "",
        "; ".join(one.phases),
        "; ".join(one.specialisms),
        one.cost_per_day,
        days.offered,
        days.committed,
        days.free,
        " ".join(warned),
    )


def kind_in_words(key: str) -> str:
    """Return a kind of provider in words; the key itself where its definition has gone."""
    return definitions.provider_kinds().labels().get(key, key)


def tags_in_words(keys: Iterable[str]) -> str:
    """Return specialisms in words."""
    labels = definitions.specialisms().labels()
    return ", ".join(labels.get(key, key) for key in keys)


def phases_in_words(keys: Iterable[str]) -> str:
    """Return phases in words."""
    return ", ".join(Phase(key).label for key in keys)


def facts_of(one: Provider) -> list[Fact]:
    """Return what stands at the head of a provider."""
    school: object = "Belongs to no school"
    if one.school:
        school = Cell(one.school.name, href=reverse("pages:school", args=(one.school_id,)))
    assured = one.assurances.first()
    base = "Given" if one.easting else "Its school" if one.school and one.school.easting else "Not known"
    return [
        Fact("Standing", state_tag(one)),
        Fact("Kind", kind_in_words(one.kind)),
        Fact("School", school),
        Fact("Trust", one.trust or "None recorded"),
        Fact("Religious character", one.faith or "None recorded"),
        Fact("Phases", phases_in_words(one.phases)),
        Fact("Specialisms", tags_in_words(one.specialisms) or "None recorded"),
        Fact("Cost of a day", f"£{one.cost_per_day:,.2f}" if one.cost_per_day else "Free"),
        Fact("Travel base", base),
        Fact(
            "Quality",
            f"{assured.get_quality_display()}, {words.day(assured.on)}: {assured.evidence}"
            if assured
            else "Not assured yet",
        ),
        Fact("References", one.references or "None recorded"),
    ]


def designations(found: Iterable[Designation], *, today: date, may_change: bool) -> Table | None:
    """Return what a provider was designated as; None where it was not."""
    columns = (Column("Designation"), Column("By"), Column("From"), Column("Until"), Column("Review"))
    rows = []
    for one in found:
        until: object = words.day(one.until) if one.until else "In force"
        if may_change and (one.until is None or one.until > today):
            address = reverse("support:end-designation", args=(one.pk,))
            until = Cell(until, href=address, note="Open to give a last day")
        late = " (overdue)" if one.review_on and one.review_on < today and not one.until else ""
        review = f"{words.day(one.review_on)}{late}" if one.review_on else "Not set"
        rows.append((kind_in_words(one.kind), one.body, words.day(one.since), until, review))
    return Table("Designations", columns, tuple(rows), hide_caption=True) if rows else None


def conflicts(found: Iterable[Conflict], *, may_change: bool) -> Table | None:
    """Return whom a provider must not support; None where there is nobody."""
    columns = (Column("Must not support"), Column("Why"), Column("From"), Column("Until"))
    rows = []
    for one in found:
        until: object = words.day(one.until) if one.until else "In force"
        if may_change and one.until is None:
            until = Cell(until, href=reverse("support:lift-conflict", args=(one.pk,)), note="Open to lift it")
        rows.append((one.school.name if one.school else one.trust, one.reason, words.day(one.since), until))
    return Table("Conflicts of interest", columns, tuple(rows), hide_caption=True) if rows else None


def days_table(found: Iterable[tuple[Term, Days]]) -> Table:
    """Return the days of a provider by term."""
    columns = (
        Column("Term"),
        Column("Offered", numeric=True),
        Column("Promised", numeric=True),
        Column("Free", numeric=True),
    )
    rows = tuple((term.words, f"{d.offered:g}", f"{d.committed:g}", _free(d)) for term, d in found)
    return Table("Days by term", columns, rows, hide_caption=True)


def _free(days: Days) -> object:
    return Cell(f"{days.free:g}", note="More is promised than offered") if days.free < 0 else f"{days.free:g}"


def supply_table(found: Iterable[TermSupply]) -> Table:
    """Return days of all active providers by term."""
    columns = (
        Column("Term"),
        Column("Days offered", numeric=True),
        Column("Promised", numeric=True),
        Column("Free", numeric=True),
        Column("Providers with a day free", numeric=True),
    )
    rows = tuple(
        (s.term.words, f"{s.offered:g}", f"{s.committed:g}", f"{s.free:g}", s.providers_free) for s in found
    )
    return Table("Days by term", columns, rows)


def specialisms_table(found: Iterable[SpecialismSupply], *, term: Term) -> Table:
    """Return who offers each specialism, the scarcest first."""
    columns = (
        Column("Specialism"),
        Column("Providers", numeric=True),
        Column("With a day free", numeric=True),
        Column("Free days", numeric=True),
        Column("Open needs", numeric=True),
        Column("Days needed", numeric=True),
        Column("Gap"),
    )
    rows = tuple(
        (
            Cell(s.label, href=f"{reverse('support:providers')}?specialism={s.key}&state=active"),
            s.providers,
            s.with_days,
            f"{s.free:g}",
            s.needs,
            f"{s.needed:g}",
            _gap(s),
        )
        for s in found
    )
    return Table(f"Specialisms in {term.words}, the greatest gap first", columns, rows)


def _gap(one: SpecialismSupply) -> Tag:
    if one.short:
        return Tag("Short", Concern.HIGH)
    return Tag("Scarce", Concern.MEDIUM) if one.scarce else Tag("Enough", Concern.NONE)


def happenings(found: Iterable[ProviderEvent]) -> list[Happening]:
    """Return what was done with a provider, the newest first."""
    return [
        Happening(ProviderAct(one.act).label, one.at, one.by_name, f"{one.reason}{_changed(one)}")
        for one in reversed(list(found))
    ]


def _changed(one: ProviderEvent) -> str:
    told = [
        f"{name.replace('_', ' ').removesuffix(' id')}: “{before}” became “{now}”"
        for name, (before, now) in one.changed.items()
        if name != "state"
    ]
    return f" ({'; '.join(told)})" if told else ""
