"""The pages app."""

from django.apps import AppConfig

from steward.interface.navigation import NavigationItem


class PagesConfig(AppConfig):
    """Pages that cross domains."""

    name = "steward.pages"
    label = "pages"
    verbose_name = "Pages"
    navigation = (
        NavigationItem("Home", "pages:home", place=0),
        # Asks for a permission that a school user lacks: theirs to see published figures is for one school.
        NavigationItem("Schools", "pages:schools", permission="view_school_lists", place=10),
        NavigationItem("What happened", "pages:what-happened", permission="view_audit", place=90),
        NavigationItem("Areas", "pages:areas", permission="view_area_figures", place=20),
    )
