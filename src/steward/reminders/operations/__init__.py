"""Changes to settings, states, watch lists and calendars, and the sending of digests."""
