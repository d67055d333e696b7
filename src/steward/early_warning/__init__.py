"""Events, concerns and scores that start a conversation about a school, and forecasts with their record."""
