"""Addresses of the policy."""

from django.urls import path

from steward.categorisation import views

app_name = "categorisation"
urlpatterns = [
    path("policy/", views.policies, name="policies"),
    path("policy/<slug:ruleset_id>/", views.policy, name="policy"),
]
