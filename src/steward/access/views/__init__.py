"""Screens of access: signing in, one's own account, people, what happened, statements."""
