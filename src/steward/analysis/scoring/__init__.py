"""Points for what is found about a school, with every contribution and what was missing."""
