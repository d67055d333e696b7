"""Comparisons of a school with its authority and England, in words that say which way is good."""
