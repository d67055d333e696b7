"""What of a table may be published: suppression, and the attack that checks it."""
