"""Rows, engine and migrations."""
