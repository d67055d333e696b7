"""Changes of what is kept about support."""
