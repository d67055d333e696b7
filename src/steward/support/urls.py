"""Addresses of support."""

from django.urls import path

from steward.support.views import needs, providers, supply

app_name = "support"
urlpatterns = [
    path("support/providers/", providers.providers, name="providers"),
    path("support/providers/providers.csv", providers.providers_as_csv, name="providers-csv"),
    path("support/providers/new/", providers.new, name="new-provider"),
    path("support/providers/import/", providers.take_in, name="import-providers"),
    path("support/providers/<int:key>/", providers.provider, name="provider"),
    path("support/providers/<int:key>/change/", providers.edit, name="change-provider"),
    path("support/providers/<int:key>/days/", supply.offer_days, name="offer-days"),
    path("support/providers/<int:key>/commitment/", supply.commit, name="commit-days"),
    path("support/providers/<int:key>/designation/", supply.designate, name="designate"),
    path("support/providers/<int:key>/conflict/", supply.bar, name="bar"),
    path("support/providers/<int:key>/quality/", supply.assure, name="assure"),
    path("support/providers/<int:key>/<slug:act>/", providers.move, name="move-provider"),
    path("support/designations/<int:key>/end/", supply.end_designation, name="end-designation"),
    path("support/commitments/<int:key>/release/", supply.release, name="release-days"),
    path("support/conflicts/<int:key>/lift/", supply.lift, name="lift-conflict"),
    path("support/days/", supply.capacity, name="capacity"),
    path("support/days/gaps.csv", supply.gaps_as_csv, name="gaps-csv"),
    path("support/needs/", needs.needs_list, name="needs"),
    path("support/needs/needs.csv", needs.needs_as_csv, name="needs-csv"),
    path("support/needs/new/", needs.new, name="new-need"),
    path("support/needs/suggested/", needs.suggested, name="suggested-needs"),
    path("support/needs/<int:key>/", needs.need, name="need"),
    path("support/needs/<int:key>/change/", needs.edit, name="change-need"),
    path("support/needs/<int:key>/<slug:act>/", needs.move, name="move-need"),
]
