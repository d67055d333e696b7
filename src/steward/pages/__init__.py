"""What crosses domains: home, schools list, school page, area overview. Reads only."""
