"""Where each area of the site is found."""

from django.urls import include, path

urlpatterns = [
    path("", include("steward.pages.urls")),
    path("", include("steward.evidence.urls")),
    path("", include("steward.equality.urls")),
    path("", include("steward.early_warning.urls")),
    path("", include("steward.categorisation.urls")),
    path("", include("steward.support.urls")),
    path("", include("steward.reminders.urls")),
    path("", include("steward.register.urls")),
    path("", include("steward.access.urls")),
]
