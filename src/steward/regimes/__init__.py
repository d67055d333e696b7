"""Law, guidance and inspection frameworks, as dated definitions. Pure: no Django, no tables."""
