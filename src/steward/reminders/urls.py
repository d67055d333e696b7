"""Addresses of reminders, watch lists and calendars."""

from django.urls import path

from steward.reminders.views import calendars, lists, settings, watching

app_name = "reminders"
urlpatterns = [
    path("reminders/", lists.reminders, name="reminders"),
    path("reminders/reminders.csv", lists.reminders_as_csv, name="reminders-csv"),
    path("reminders/mark/", lists.mark, name="mark"),
    path("reminders/looked/", lists.looked, name="looked"),
    path("reminders/settings/", settings.settings, name="settings"),
    path("reminders/settings/calendar/", settings.calendar, name="calendar"),
    path("reminders/unsubscribe/<str:token>/", settings.unsubscribe, name="unsubscribe"),
    path("calendar/<str:secret>.ics", calendars.feed, name="feed"),
    path("watching/", watching.watching, name="watching"),
    path("watching/watching.csv", watching.watching_as_csv, name="watching-csv"),
    path("schools/<int:urn>/watch/", watching.watch, name="watch"),
    path("schools/<int:urn>/watch/stop/", watching.stop, name="stop-watching"),
]
