"""The whole chain, from releases in the store to every table that pages read."""
