"""The set-up wizard: one file per step."""
