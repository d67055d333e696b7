"""The pages of categorisation."""
