"""Pages of events, concerns and scores."""
