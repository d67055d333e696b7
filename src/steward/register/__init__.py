"""Schools and settings as published, their predecessors, and who in the service looks after which."""
