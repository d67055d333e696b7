"""The words everything else is written in: identifiers, years, phases, known-or-missing values.

Imports nothing of ours.
"""
