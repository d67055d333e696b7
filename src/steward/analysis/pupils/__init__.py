"""Rows of pupils, kept in the store folder, made into aggregates of school, group and year."""
