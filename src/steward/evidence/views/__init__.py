"""Pages of data releases, indicators and the evidence behind each number."""
