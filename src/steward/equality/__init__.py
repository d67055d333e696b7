"""Gaps between groups of pupils, and assessments of what a proposal does to them."""
