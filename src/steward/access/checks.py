"""What is checked of the settings of access when the site starts."""

from django.conf import settings
from django.core.checks import CheckMessage, Error

from steward.access.roles import Role


def roles_of_second_factor_exist(**_: object) -> list[CheckMessage]:
    """Return an error for each name in STEWARD_REQUIRE_SECOND_FACTOR that is not a role."""
    return [
        Error(
            f"STEWARD_REQUIRE_SECOND_FACTOR names '{name}', which is not a role.",
            hint=f"Use some of these, separated by commas: {', '.join(Role.values)}.",
            id="access.E001",
        )
        for name in settings.STEWARD_REQUIRE_SECOND_FACTOR
        if name not in Role.values
    ]
