"""Reads of events, concerns and scores; each begins with what the viewer may see."""
