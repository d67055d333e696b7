"""Reads of gaps between groups of pupils, and of assessments."""
