"""What is due, for whom: a list in the site, an e-mail, a calendar."""
