"""Charts drawn on the server as SVG, each with a table twin; no script, no colour without a word."""
