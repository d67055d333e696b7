"""Pure, columnar analysis: published files become indicators, comparisons and proposals.

Knows nothing of Django, has no clock, no network and no settings.
"""
