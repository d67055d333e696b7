"""Reads that join what several apps know, as plain values for templates, exports and scripts."""
