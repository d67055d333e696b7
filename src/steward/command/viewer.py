"""Who looks when the command line asks: somebody who can read the database anyway."""

from dataclasses import dataclass

from steward.access.roles import Role


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A viewer from whom nothing is kept back."""

    is_authenticated: bool = True
    is_active: bool = True
    role: Role = Role.ADMINISTRATOR
