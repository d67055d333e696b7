"""How likely an inspection below good is, learnt only from what was published before a day."""
