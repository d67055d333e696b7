"""Addresses of data releases, indicators and the evidence behind each number."""

from django.urls import path

from steward.evidence.views import (
    figures,
    indicators,
    loading,
    protection,
    pupil_files,
    reading,
    releases,
    rows,
)

app_name = "evidence"
urlpatterns = [
    path("releases/", releases.releases, name="releases"),
    path("releases/unmatched/", releases.unmatched_urns, name="unmatched"),
    path("releases/load/", loading.load, name="load"),
    path("releases/load/done/", loading.loaded, name="loaded"),
    path("releases/<str:release>/", releases.release, name="release"),
    path("releases/<str:release>/findings.csv", releases.findings_as_csv, name="findings-csv"),
    path("releases/<str:release>/make-live/", releases.make_live, name="make-live"),
    path("releases/<str:release>/rows/", rows.find_row, name="find-row"),
    path("releases/<str:release>/rows/<int:row>/", rows.row, name="row"),
    path("pupils/", pupil_files.pupil_files, name="pupil-files"),
    path("pupils/held.csv", pupil_files.pupil_files_as_csv, name="pupil-files-csv"),
    path("pupils/<str:file>/", pupil_files.pupil_file, name="pupil-file"),
    path("pupils/<str:file>/delete/", pupil_files.delete_pupil_file, name="delete-pupil-file"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("figures/<int:urn>/<str:code>/<int:period>/", figures.school_figure, name="figure"),
    path(
        "areas/<str:area>/figures/<str:level>/<str:phase>/<str:code>/<int:period>/",
        figures.area_figure,
        name="area-figure",
    ),
    path("how-to-read-this/", reading.reading, name="reading"),
    path("how-small-numbers-are-protected/", protection.protection, name="protection"),
]
