"""`steward demo`: a sample authority, the whole chain, a short summary, and the site."""

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from steward.access import demonstration
from steward.access.models import Person
from steward.access.roles import Role
from steward.categorisation import operations as categorisation
from steward.categorisation import queries as proposals
from steward.command import demo_decisions, demo_signals, progress
from steward.command.load import load_with_progress, print_outcomes
from steward.command.propose import summary_lines
from steward.command.serve import refuse_when_taken, serve
from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.operations import pupil_files
from steward.evidence.queries import releases
from steward.register import operations as register
from steward.register import queries as schools
from steward.sample import generate
from steward.sample.england import imagine
from steward.sample.generator import AUTHORITIES
from steward.sample.places import HEADLINE_CODE
from steward.sample.pupil_files import PupilSample, write_pupils

_SEED = 2014
_PUPILS = 130_000
"""Rows of pupils of the authority, over three years."""
_AUTHORITY = str(HEADLINE_CODE)
_LATER = ("deprivation", "ethnicity")
"""Characteristics of many groups, which take the gate longer than all others together."""


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--schools", "size", default=20_000, show_default=True, help="How many schools England has.")
@click.option("--no-serve", is_flag=True, help="Build and summarise, then stop.")
def command(host: str, port: int, size: int, *, no_serve: bool) -> None:
    """Build an invented England through the same loader as real files, then serve the site.

    A second start finds everything there and is quick.
    """
    ensure_migrated()
    _refuse_beside_real_data()
    if not no_serve:
        refuse_when_taken(host=host, port=port)
    if not _is_built():
        _build(size)
    click.echo("")
    for line in summary_lines(proposals.current_run(_AUTHORITY)):
        click.echo(line)
    click.echo("\nSign in as (this is a sample: the passwords are the same on every machine):")
    for person in demonstration.create_demo_people(school_urn=_a_school(), actor=ACTOR):
        click.echo(f"  {person.role:<18} {person.email:<44} {person.password}")
    click.echo("")
    _give_the_adviser_schools()
    demo_signals.invent(_AUTHORITY)
    demo_decisions.invent(_AUTHORITY)
    if not no_serve:
        serve(host=host, port=port, workers=2)


def _refuse_beside_real_data() -> None:
    served = schools.served_authority()
    if served is not None and served.code != _AUTHORITY:
        raise click.ClickException(
            f"{settings.STEWARD_HOME} serves {served.name}. The sample must not be mixed with it: "
            "name another folder in STEWARD_HOME."
        )


def _is_built() -> bool:
    try:
        releases.current()
    except releases.NothingLoaded:
        return False
    return proposals.current_run(_AUTHORITY) is not None


def _build(size: int) -> None:
    folder = Path(settings.STEWARD_HOME) / "sample-files"
    shutil.rmtree(folder, ignore_errors=True)
    click.echo("Writing the published files of an invented England ...")
    generate(folder, seed=_SEED, schools=size)
    click.echo("Loading them as any published files are loaded ...")
    report = load_with_progress((folder,))
    print_outcomes(report, quiet=True)
    register.serve_authority(_AUTHORITY, actor=ACTOR)
    categorisation.propose(actor=ACTOR, authority=_AUTHORITY)
    categorisation.watch(actor=ACTOR, authority=_AUTHORITY)
    click.echo("Loading results of invented pupils of the authority ...")
    pupils = folder / "pupils.parquet"
    england = imagine(seed=_SEED, schools=size, authorities=AUTHORITIES)
    write_pupils(pupils, sample=PupilSample(_PUPILS, authority=HEADLINE_CODE), england=england)
    pupil_files.load(pupils, actor=ACTOR)
    click.echo("Passing the newest year of them through the disclosure gate: a minute or so ...")
    with progress.bar() as show:
        pupil_files.release(_AUTHORITY, actor=ACTOR, years=1, without=_LATER, progress=show)
    click.echo(f"Two characteristics ({' and '.join(_LATER)}) and earlier years: `steward pupils release`.")
    shutil.rmtree(folder)


def _give_the_adviser_schools() -> None:
    adviser = Person.objects.filter(role=Role.ADVISER, is_active=True).order_by("pk").first()
    if adviser is not None and not schools.schools_looked_after_by(adviser.pk):
        urns = [school.urn for school in schools.schools_of(_AUTHORITY)[::20]]
        register.look_after(urns, person=adviser, since=timezone.localdate(), actor=ACTOR)


def _a_school() -> int:
    """Return the URN of the school whose head can sign in to the sample."""
    return demo_decisions.school_to_answer(_AUTHORITY) or schools.schools_of(_AUTHORITY)[0].urn
