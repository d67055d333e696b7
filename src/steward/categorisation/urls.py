"""Addresses of the policy."""

from django.urls import path

from steward.categorisation.views import policy

app_name = "categorisation"
urlpatterns = [
    path("policy/", policy.policies, name="policies"),
    path("policy/<slug:ruleset_id>/", policy.policy, name="policy"),
]
