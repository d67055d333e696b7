"""What happened and who did it: append-only, each event chained to the one before by its hash."""
