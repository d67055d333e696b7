"""Template tags; those in `steward` are available in every template without loading."""
