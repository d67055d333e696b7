"""Steward: the working system of a local authority's learning improvement service."""
