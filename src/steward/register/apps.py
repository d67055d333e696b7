"""The register app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class RegisterConfig(AppConfig):
    """Schools and settings."""

    name = "steward.register"
    label = "register"
    verbose_name = "Register of schools"
    navigation = (
        NavigationItem("Sets of schools", "register:sets", permission="manage_sets", place=45),
        NavigationItem("Link officers", "register:link-officers", permission="manage_people", place=85),
    )
