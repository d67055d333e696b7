"""Addresses of gaps between groups of pupils, and of assessments."""

from django.urls import path

from steward.equality.views import areas, assessments, gaps, groups, schools, two_groups

app_name = "equality"
urlpatterns = [
    path("equality/", areas.index, name="index"),
    path("equality/groups/", groups.groups, name="groups"),
    path("equality/assessments/", assessments.assessments, name="assessments"),
    path("equality/assessments/assessments.csv", assessments.assessments_as_csv, name="assessments-csv"),
    path("equality/assessments/new/", assessments.new, name="new-assessment"),
    path("equality/assessments/<int:key>/", assessments.assessment, name="assessment"),
    path(
        "equality/assessments/<int:key>/versions/<int:number>/",
        assessments.assessment,
        name="assessment-version",
    ),
    path("equality/assessments/<int:key>/write/", assessments.edit, name="edit-assessment"),
    path("equality/assessments/<int:key>/decide/", assessments.decide, name="decide-assessment"),
    path("equality/assessments/<int:key>/review/", assessments.review, name="review-assessment"),
    path("equality/<slug:code>/", areas.area, name="area"),
    path("equality/<slug:code>/gaps.csv", areas.area_as_csv, name="area-csv"),
    path("equality/<slug:code>/two-groups/", two_groups.two_groups, name="two-groups"),
    path(
        "equality/<slug:code>/two-groups/two-groups.csv", two_groups.two_groups_as_csv, name="two-groups-csv"
    ),
    path("equality/<slug:code>/schools/<slug:gap_id>/", schools.schools, name="schools"),
    path(
        "equality/<slug:code>/schools/<slug:gap_id>/schools.csv", schools.schools_as_csv, name="schools-csv"
    ),
    path("schools/<int:urn>/groups/", schools.school, name="school"),
    path("equality/<slug:code>/<slug:gap_id>/", gaps.gap, name="gap"),
    path("equality/<slug:code>/<slug:gap_id>.csv", gaps.gap_as_csv, name="gap-csv"),
]
