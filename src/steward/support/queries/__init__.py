"""Reads of what is kept about support."""
