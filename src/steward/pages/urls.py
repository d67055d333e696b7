"""Addresses of the pages that cross domains."""

from django.urls import path

from steward.pages.views import (
    accountability,
    area,
    area_neighbours,
    area_outcomes,
    changes,
    definitions,
    home,
    school,
    schools,
    standards,
    standing_out,
    wards,
    what_happened,
)

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("changes/", changes.changes, name="changes"),
    path("changes/changes.csv", changes.changes_as_csv, name="changes-csv"),
    path("definitions/", definitions.definitions, name="definitions"),
    path("definitions/definitions.csv", definitions.definitions_as_csv, name="definitions-csv"),
    path("definitions/<slug:kind>/", definitions.definitions, name="definitions-of"),
    path("what-happened/", what_happened.what_happened, name="what-happened"),
    path("what-happened/what-happened.csv", what_happened.what_happened_as_csv, name="what-happened-csv"),
    path("search/", schools.search, name="search"),
    path("schools/", schools.schools, name="schools"),
    path("schools.csv", schools.as_csv, name="schools-csv"),
    path("schools.xlsx", schools.as_workbook, name="schools-xlsx"),
    path("schools/<int:urn>/", school.overview, name="school"),
    path("schools/<int:urn>/performance/", school.performance, name="school-performance"),
    path("schools/<int:urn>/performance.csv", school.performance_as_csv, name="school-performance-csv"),
    path("schools/<int:urn>/measures/<slug:indicator>/", school.measure, name="school-measure"),
    path("schools/<int:urn>/similar/", school.similar, name="school-similar"),
    path("schools/<int:urn>/similar.csv", school.similar_as_csv, name="school-similar-csv"),
    path("schools/<int:urn>/accountability/", accountability.school, name="school-accountability"),
    path("schools/<int:urn>/inspections/", school.inspections, name="school-inspections"),
    path("schools/<int:urn>/proposal/", school.proposal, name="school-proposal"),
    path("schools/<int:urn>/history/", school.history, name="school-history"),
    path("areas/", area.areas, name="areas"),
    path("areas/<str:code>.csv", area.area_as_csv, name="area-csv"),
    path("areas/<str:code>/accountability/", accountability.area, name="area-accountability"),
    path("areas/<str:code>/accountability.csv", accountability.area_as_csv, name="area-accountability-csv"),
    path("areas/<str:code>/", area.area, name="area"),
    path("areas/<str:code>/figures/", area.figures, name="area-figures"),
    path("areas/<str:code>/neighbours/", area_neighbours.neighbours, name="neighbours"),
    path("areas/<str:code>/neighbours.csv", area_neighbours.neighbours_as_csv, name="neighbours-csv"),
    path("areas/<str:code>/standing-out.csv", standing_out.standing_as_csv, name="standing-out-csv"),
    path("areas/<str:code>/standing-out/", standing_out.standing, name="standing-out"),
    path("areas/<str:code>/funnel/<slug:indicator>.csv", standing_out.funnel_as_csv, name="funnel-csv"),
    path("areas/<str:code>/funnel/<slug:indicator>/", standing_out.funnel, name="funnel"),
    path("areas/<str:code>/outcomes/", area_outcomes.outcomes, name="outcomes"),
    path("areas/<str:code>/outcomes/<slug:topic>.csv", area_outcomes.topic_as_csv, name="outcome-topic-csv"),
    path("areas/<str:code>/outcomes/<slug:topic>/", area_outcomes.topic, name="outcome-topic"),
    path(
        "areas/<str:code>/measures/<path:measure>.csv", area_outcomes.measure_as_csv, name="area-measure-csv"
    ),
    path("areas/<str:code>/measures/<path:measure>/", area_outcomes.measure, name="area-measure"),
    path("areas/<str:code>/standards/", standards.newest, name="standards"),
    path("areas/<str:code>/standards/<int:year>/", standards.year, name="standards-year"),
    path("areas/<str:code>/standards/<int:year>.csv", standards.year_as_csv, name="standards-csv"),
    path("areas/<str:code>/standards/<int:year>/all/", standards.whole, name="standards-whole"),
    path(
        "areas/<str:code>/standards/<int:year>/<slug:section>/", standards.section, name="standards-section"
    ),
    path("areas/<str:code>/wards/", wards.wards, name="wards"),
    path("areas/<str:code>/wards.csv", wards.wards_as_csv, name="wards-csv"),
    path("areas/<str:code>/wards/<slug:ward>/", wards.ward, name="ward"),
]
