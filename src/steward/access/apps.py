"""Access as a Django app."""

from django.apps import AppConfig
from django.core import checks

from steward.access.checks import roles_of_second_factor_exist
from steward.interface.navigation import NavigationItem


class AccessConfig(AppConfig):
    """People, roles and permissions."""

    name = "steward.access"
    label = "access"
    navigation = (NavigationItem("People", "access:people", permission="manage_people", place=80),)

    def ready(self) -> None:
        """Have the settings of access checked when the site starts."""
        checks.register(roles_of_second_factor_exist)
