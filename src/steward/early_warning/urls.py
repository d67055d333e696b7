"""Addresses of scores, events and concerns."""

from django.urls import path

from steward.early_warning.views import concerns, events, forecasts, replays, scores

app_name = "early_warning"
urlpatterns = [
    path("early-warning/", scores.scores, name="scores"),
    path("early-warning/run/", replays.run, name="run"),
    path("early-warning/scores.csv", scores.scores_as_csv, name="scores-csv"),
    path("early-warning/scores.xlsx", scores.scores_as_xlsx, name="scores-xlsx"),
    path("early-warning/events/<int:key>/end/", events.end, name="end-event"),
    path("schools/<int:urn>/early-warning/", scores.school, name="school"),
    path("schools/<int:urn>/early-warning/replay/", replays.replay, name="replay"),
    path("schools/<int:urn>/early-warning/inputs.json", replays.inputs, name="inputs"),
    path("schools/<int:urn>/early-warning/event/", events.new, name="new-event"),
    path("schools/<int:urn>/early-warning/concern/", concerns.new, name="new-concern"),
    path("early-warning/forecast/", forecasts.forecasts, name="forecasts"),
    path("early-warning/forecast/forecasts.csv", forecasts.forecasts_as_csv, name="forecasts-csv"),
    path("early-warning/model-card/", forecasts.model_card, name="model-card"),
    path("early-warning/transparency-record/", forecasts.transparency_record, name="transparency-record"),
    path("schools/<int:urn>/early-warning/forecast/", forecasts.forecast, name="forecast"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/concerns.csv", concerns.concerns_as_csv, name="concerns-csv"),
    path("concerns/<int:key>/", concerns.concern, name="concern"),
]
