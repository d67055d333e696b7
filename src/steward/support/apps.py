"""The support app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class SupportConfig(AppConfig):
    """Providers, needs, plans and deployments."""

    name = "steward.support"
    label = "support"
    verbose_name = "School-to-school support"
    navigation = (
        NavigationItem("Support", "support:providers", permission="view_support", place=44),
        NavigationItem("Our support", "support:my-support", permission="take_part_in_support", place=44),
    )
