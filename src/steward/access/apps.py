"""Access as a Django app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class AccessConfig(AppConfig):
    """People, roles and permissions."""

    name = "steward.access"
    label = "access"
    navigation = (
        NavigationItem("People", "access:people", permission="manage_people", place=80),
        NavigationItem("What happened", "access:audit", permission="view_audit", place=90),
    )
