"""Widgets and pages: the only package that imports Qt."""
