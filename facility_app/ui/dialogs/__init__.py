"""Dialogs of the desk: each is one decision with its consequences and one button."""
