"""Settings and root addresses; the environment is parsed and typed in one place."""
