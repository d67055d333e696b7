"""Progress 8 of every group of pupils in every school: Steward beside three programs written by hand."""
