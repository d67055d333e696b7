"""The command line: what a person or a script does without the site."""
