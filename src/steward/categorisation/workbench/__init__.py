"""The policy workbench: a draft is edited by forms, tried on schools at once, and approved or retired."""
