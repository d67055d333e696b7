"""Support as it is printed."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.urls import reverse

from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag
from steward.register import queries as register
from steward.support import deployment_policies
from steward.support.deployment_steps import DeploymentAct, DeploymentState, Party
from steward.support.models import Deployment, DeploymentEvent, Measure, Review, SupportVisit
from steward.support.papers import Paper, PaperMeasure
from steward.support.queries.deployments import HOURS_A_DAY, Used, used
from steward.support.terms import term_in_words

CSV_HEADER = (
    "urn",
    "school",
    "provider",
    "state",
    "days_agreed",
    "hours_visited",
    "pounds_a_day",
    "payer",
    "first_day",
    "last_day",
    "measures",
    "measures_with_after",
)
_STATES = {
    DeploymentState.BROKERED: Concern.UNSETTLED,
    DeploymentState.SCOPED: Concern.UNSETTLED,
    DeploymentState.AGREED: Concern.LOW,
    DeploymentState.ACTIVE: Concern.MEDIUM,
    DeploymentState.MID_REVIEW: Concern.MEDIUM,
    DeploymentState.PAUSED: Concern.HIGH,
}


def state_tag(one: Deployment) -> Tag:
    """Return where support stands as a tag."""
    return Tag(one.get_state_display(), _STATES.get(DeploymentState(one.state), Concern.PLAIN))


def table(
    found: Iterable[Deployment], *, sorted_by: str, address: str = "support:deployment"
) -> Table | None:
    """Return support as a list; None where there is none."""
    columns = (
        Column("School", sort="school"),
        Column("Provider", sort="provider"),
        Column("State", sort="state"),
        Column("Days", numeric=True),
        Column("Last day", sort="ends_on"),
    )
    rows = tuple(
        (
            Cell(one.need.school.name, href=reverse(address, args=(one.pk,))),
            one.provider.name,
            state_tag(one),
            f"{float(one.days):g}",
            words.day(one.ends_on) if one.ends_on else "Not agreed yet",
        )
        for one in found
    )
    return Table("Support", columns, rows, sorted_by, hide_caption=True) if rows else None


def csv_row(one: Deployment) -> tuple[object, ...]:
    """Return support as a row of a file."""
    measures = list(one.measures.all())
    return (
        one.need.school_id,
        one.need.school.name,
        one.provider.name,
        one.get_state_display(),
        one.days,
        used(one).hours,
        one.price_per_day,
        one.payer,
        one.starts_on.isoformat() if one.starts_on else "",
        one.ends_on.isoformat() if one.ends_on else "",
        len(measures),
        sum(measure.after is not None for measure in measures),
    )


def facts_of(one: Deployment) -> list[Fact]:
    """Return what stands at the head of a piece of support."""
    span = f"{words.day(one.starts_on)} to {words.day(one.ends_on)}" if one.starts_on else "Not agreed yet"
    facts = [
        Fact("Standing", state_tag(one)),
        Fact("Supported school", one.need.school.name),
        Fact("Provider", one.provider.name),
        Fact("Days", f"{float(one.days):g}, held in {term_in_words(one.term)}"),
        Fact("Used", used_in_words(used(one))),
        Fact("From and until", span),
        Fact("Price", f"£{one.price_per_day:,.2f} a day" if one.price_per_day else "Free"),
        Fact("Who pays", one.payer),
        Fact("Brokered", f"{words.day(one.brokered_at)} by {one.brokered_by_name}"),
    ]
    if one.follow_up_on:
        facts.append(Fact("Follow-up due", words.day(one.follow_up_on)))
    return facts


def used_in_words(found: Used) -> str:
    """Return days and money used in a sentence; says by which hours days are counted."""
    money = f", £{found.cost:,.0f} of £{found.agreed_cost:,.0f}" if found.price_per_day else ""
    return (
        f"{found.hours:g} hours of visits, {found.days:.1f} of {found.days_agreed:g} days at "
        f"{HOURS_A_DAY:g} hours{money}"
    )


def measures(found: Iterable[Measure], *, links: str) -> Table | None:
    """Return each measure before and after; `links` is the address to enter the value after, or ""."""
    columns = (
        Column("Measure"),
        Column("Before", numeric=True),
        Column("To be reached", numeric=True),
        Column("After", numeric=True),
        Column("Change", numeric=True),
    )
    rows = []
    for one in found:
        paper = measure_in_words(one)
        after: object = Cell(paper.after, note=_source(one.after_source, day=words.day(one.after_on)))
        if links:
            after = Cell(paper.after, href=reverse(links, args=(one.pk,)), note="Open to enter it")
        before = Cell(paper.before, note=_source(one.baseline_source, day=words.day(one.baseline_on)))
        rows.append((one.name, before, Cell(paper.target), after, paper.change))
    return Table("Measures", columns, tuple(rows), hide_caption=True) if rows else None


def _source(source: str, *, day: str) -> str:
    return f"{source}, {day}" if source else ""


def measure_in_words(one: Measure) -> PaperMeasure:
    """Return a measure in words."""
    after = "Not measured yet" if one.after is None else f"{_plain(one.after)} {one.unit}"
    change = "Not known" if one.after is None else words.signed(float(one.after - one.baseline), decimals=1)
    return PaperMeasure(
        name=one.name,
        before=f"{_plain(one.baseline)} {one.unit}",
        target=f"{_plain(one.target)} {one.unit} by {words.day(one.target_on)}",
        after=after,
        change=change,
    )


def _with_sources(one: Measure) -> PaperMeasure:
    said = measure_in_words(one)
    before = f"{said.before} ({_source(one.baseline_source, day=words.day(one.baseline_on))})"
    after = said.after
    if one.after is not None:
        after = f"{said.after} ({_source(one.after_source, day=words.day(one.after_on))})"
    return replace(said, before=before, after=after)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def visits(found: Iterable[SupportVisit]) -> Table | None:
    """Return the visits that were made; None where there was none."""
    columns = (
        Column("Day"),
        Column("Hours", numeric=True),
        Column("What was done"),
        Column("What came of it"),
    )
    rows = tuple(
        (
            words.day(one.on),
            f"{float(one.hours):g}",
            Cell(one.activity, note=one.by_name),
            one.outcome or "Too early",
        )
        for one in found
    )
    return Table("Visits", columns, rows, hide_caption=True) if rows else None


def reviews(found: Iterable[Review]) -> list[tuple[str, str, str]]:
    """Return each view: heading, text, and by whom and when it was written."""
    return [
        (
            f"{one.get_kind_display()}: {one.get_party_display()}, {one.get_verdict_display().lower()}",
            one.text,
            f"{one.by_name}, {words.day(one.at)}",
        )
        for one in found
    ]


def signatures(one: Deployment) -> tuple[tuple[str, str], ...]:
    """Return for each party who signed the present terms, and how, or that it has not."""
    found = {s.party: s for s in one.signatures.filter(terms_version=one.terms_version)}
    said = []
    for party in Party:
        signature = found.get(party.value)
        text = "Not signed yet"
        if signature:
            how = f"on paper, kept: {signature.paper}" if signature.paper else "by sign-in"
            text = f"{signature.name}, {words.day(signature.at)}, {how}"
        said.append((party.label, text))
    return tuple(said)


def signature_facts(one: Deployment) -> list[Fact]:
    """Return the signatures as a summary list."""
    return [Fact(party, text) for party, text in signatures(one)]


def texts_of(one: Deployment) -> tuple[tuple[str, str], ...]:
    """Return heading and text of what is agreed in words."""
    return (
        ("Objectives", one.objectives),
        ("Approach", one.approach or "Not written yet."),
        ("Data protection", one.data_protection or "Not written yet."),
    )


def paper_of(one: Deployment) -> Paper:
    """Return what the documents of a piece of support say."""
    told = {"Standing", "Used", "Brokered"}
    facts = tuple((fact.label, str(fact.content)) for fact in facts_of(one) if fact.label not in told)
    return Paper(
        school=one.need.school.name,
        provider=one.provider.name,
        council=register.council_name(),
        state=one.get_state_display(),
        version=one.terms_version,
        facts=facts,
        texts=texts_of(one),
        measures=tuple(_with_sources(measure) for measure in one.measures.all()),
        signatures=signatures(one),
        used=f"{used_in_words(used(one))}.",
        views=tuple((heading, text) for heading, text, _ in reviews(one.reviews.all())),
    )


def lacking(one: Deployment, *, act: DeploymentAct) -> list[str]:
    """Return what must be there before an act and is not, in words."""
    return [need.label for need in deployment_policies.missing_for(one, act=act)]


def happenings(found: Iterable[DeploymentEvent]) -> list[Happening]:
    """Return what was done with support, the newest first."""
    return [
        Happening(DeploymentAct(one.act).label, one.at, one.by_name, one.reason)
        for one in reversed(list(found))
    ]
