"""The evidence app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class EvidenceConfig(AppConfig):
    """Data releases and what is read from them."""

    name = "steward.evidence"
    label = "evidence"
    verbose_name = "Evidence"
    due_items = "steward.evidence.queries.due.due_items"
    navigation = (
        NavigationItem("Indicators", "evidence:indicators", permission="view_area_figures", place=40),
        NavigationItem("Data", "evidence:releases", permission="view_releases", place=60),
        NavigationItem("Pupil files", "evidence:pupil-files", permission="manage_releases", place=61),
    )
