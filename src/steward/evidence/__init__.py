"""Data releases, the figures read from them, and the dated facts the authority knows itself."""
