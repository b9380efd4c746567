"""Screen state as plain Python; no Qt."""
