"""`steward people`: who may sign in, and the first administrator."""

import click

from steward.access import operations
from steward.access.models import Person
from steward.access.passwords import starting_password
from steward.access.roles import Role
from steward.command.setup import ACTOR, ensure_migrated


@click.command("people")
@click.option("--add", "email", default="", metavar="EMAIL", help="Add a person with this email address.")
@click.option("--name", default="", help="Their name.")
@click.option("--role", default=Role.ADVISER.value, type=click.Choice(Role.values), help="Their role.")
@click.option("--school", default=None, type=int, metavar="URN", help="Their school, for a school user.")
def command(email: str, name: str, role: str, *, school: int | None) -> None:
    """List people, or add one; the password made for them is printed once and must be changed."""
    ensure_migrated()
    if not email:
        for person in Person.objects.all():
            ended = "" if person.is_active else " (access ended)"
            click.echo(f"{person.get_role_display():<18} {person.email}  {person.name}{ended}")
        return
    if not name:
        raise click.UsageError("Give their name with --name.")
    password = starting_password()
    newcomer = operations.Newcomer(name=name, email=email, role=Role(role), school_urn=school)
    operations.add_person(newcomer, actor=ACTOR, password=password)
    click.echo(f"{name} can sign in as {email} with the password {password} and must change it.")
