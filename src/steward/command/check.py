"""`steward check`: whether this installation can be relied on."""

import sys
from collections.abc import Iterator

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from steward.audit import queries as audit
from steward.command.setup import ensure_migrated
from steward.evidence import catalogues, store
from steward.evidence.queries import releases
from steward.register import queries as register


@click.command("check")
def command() -> None:
    """Check settings, database, store, definitions, the audit log, and that every live release is whole."""
    ensure_migrated()
    wrong = 0
    for fine, sentence in (*_settings(), *_definitions(), *_store(), *_audit()):
        click.echo(f"{'ok   ' if fine else 'WRONG'} {sentence}")
        wrong += not fine
    for sentence in _unset():
        click.echo(f"warn  {sentence}")
    raise SystemExit(1 if wrong else 0)


def _settings() -> Iterator[tuple[bool, str]]:
    try:
        call_command("check", verbosity=0, stdout=sys.stderr)
        yield True, "Settings are usable."
    except SystemCheckError as fault:
        yield False, str(fault)
    yield True, f"The database is {connection.vendor}; it is up to date."
    served = register.served_authority()
    yield (
        served is not None,
        (
            f"The authority served is {served.name} ({served.code})."
            if served
            else "No authority is served yet: steward load FOLDER --authority CODE."
        ),
    )


def _unset() -> Iterator[str]:
    """Yield what works without being set, and what is missing meanwhile."""
    if not settings.STEWARD_SITE:
        yield (
            "The address of the site is not set (STEWARD_SITE): no e-mails are sent, and calendars lead to "
            "the address they were asked for."
        )
    if settings.STEWARD_COUNCIL_NAME == settings.STEWARD_COUNCIL_UNNAMED:
        yield (
            f"The name of the council is not set (STEWARD_COUNCIL_NAME): pages say “"
            f"{settings.STEWARD_COUNCIL_UNNAMED}”."
        )


def _definitions() -> Iterator[tuple[bool, str]]:
    counts = {
        "publications": len(catalogues.sources()),
        "indicators": len(catalogues.indicators()),
        "inspection frameworks": len(catalogues.frameworks()),
    }
    yield True, "Definitions: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()) + "."


def _store() -> Iterator[tuple[bool, str]]:
    live = releases.live()
    lost = [release.id for release in live if not store.release_file(release.id).exists()]
    yield (
        not lost,
        (
            f"The files of {', '.join(lost)} are not in the store: load them again."
            if lost
            else f"{len(live)} live releases, all in the store."
        ),
    )
    try:
        folder = releases.current_folder()
        yield folder.is_dir(), f"The tables in use are in {folder}."
    except releases.NothingLoaded as nothing:
        yield False, str(nothing)


def _audit() -> Iterator[tuple[bool, str]]:
    verdict = audit.verify_chain()
    yield verdict.holds, verdict.fault or f"The audit log is whole: {verdict.events} events."
