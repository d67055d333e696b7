"""Pages about gaps between groups of pupils and about assessments."""
