"""The national measures by which schools were held to account, with the rule of each year."""
