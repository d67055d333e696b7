"""Checks of a committee report: what a careful reader in democratic services would send back."""
