"""The categorisation app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class CategorisationConfig(AppConfig):
    """Proposals made by rules."""

    name = "steward.categorisation"
    label = "categorisation"
    verbose_name = "Categorisation"
    due_items = "steward.categorisation.queries.due.due_items"
    navigation = (
        NavigationItem("Decisions", "categorisation:decisions", permission="view_decisions", place=40),
        NavigationItem("Our decision", "categorisation:my-decision", permission="answer_decision", place=40),
        NavigationItem("Policy", "categorisation:policies", permission="view_policy", place=60),
    )
