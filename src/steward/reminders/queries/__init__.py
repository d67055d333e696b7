"""Reads of what is due, of settings, and of the watch list."""
