"""Addresses of gaps between groups of pupils, and of assessments."""

from django.urls import path

from steward.equality.views import areas, gaps, groups

app_name = "equality"
urlpatterns = [
    path("equality/", areas.index, name="index"),
    path("equality/groups/", groups.groups, name="groups"),
    path("equality/<slug:code>/", areas.area, name="area"),
    path("equality/<slug:code>/gaps.csv", areas.area_as_csv, name="area-csv"),
    path("equality/<slug:code>/<slug:gap_id>/", gaps.gap, name="gap"),
    path("equality/<slug:code>/<slug:gap_id>.csv", gaps.gap_as_csv, name="gap-csv"),
]
