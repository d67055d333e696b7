"""Addresses of the workbench, below those of categorisation."""

from django.urls import path

from steward.categorisation.views import (
    workbench_approving,
    workbench_editing,
    workbench_items,
    workbench_looking,
    workbench_starting,
)

urlpatterns = [
    path("", workbench_starting.workbench, name="workbench"),
    path("new/", workbench_starting.new_draft, name="new-draft"),
    path("import/", workbench_starting.import_draft, name="import-draft"),
    path("compare/", workbench_starting.compare, name="compare-policies"),
    path("record/", workbench_looking.fared, name="policy-record"),
    path("officer-days/", workbench_starting.officer_days, name="officer-days"),
    path("<slug:slug>/", workbench_looking.moves, name="draft"),
    path("<slug:slug>/movers.csv", workbench_looking.movers_csv, name="draft-movers"),
    path("<slug:slug>/ruleset.yaml", workbench_looking.as_yaml, name="draft-yaml"),
    path("<slug:slug>/text/", workbench_looking.text, name="draft-text"),
    path("<slug:slug>/journey/", workbench_looking.what_happens, name="draft-journey"),
    path("<slug:slug>/days/", workbench_looking.days, name="draft-days"),
    path("<slug:slug>/record/", workbench_looking.record, name="draft-record"),
    path("<slug:slug>/history/", workbench_looking.history, name="draft-history"),
    path("<slug:slug>/rules/", workbench_editing.rules, name="draft-rules"),
    path("<slug:slug>/rules/about/", workbench_editing.about, name="draft-about"),
    path("<slug:slug>/rules/text/", workbench_editing.replace, name="draft-replace"),
    path("<slug:slug>/rules/change/", workbench_editing.change, name="draft-change"),
    path("<slug:slug>/rules/category/", workbench_editing.category, name="draft-category"),
    path("<slug:slug>/rules/new/<slug:part>/", workbench_items.new_item, name="draft-new-item"),
    path("<slug:slug>/rules/<slug:key>/", workbench_items.item, name="draft-item"),
    path("<slug:slug>/rules/<slug:key>/around/", workbench_items.around, name="draft-around"),
    path("<slug:slug>/rules/<slug:key>/condition/", workbench_items.condition, name="draft-condition"),
    path("<slug:slug>/rules/<slug:key>/group/", workbench_items.group, name="draft-group"),
    path("<slug:slug>/submit/", workbench_approving.submit, name="draft-submit"),
    path("<slug:slug>/send-back/", workbench_approving.back, name="draft-send-back"),
    path("<slug:slug>/approve/", workbench_approving.approve, name="draft-approve"),
    path("<slug:slug>/retire/", workbench_approving.retire, name="draft-retire"),
]
