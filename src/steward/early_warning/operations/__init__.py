"""Changes to events, concerns and scores."""
