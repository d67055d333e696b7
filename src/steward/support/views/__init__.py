"""Screens of support."""
