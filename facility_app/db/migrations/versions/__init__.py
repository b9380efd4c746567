"""The revisions; each is frozen once it is released."""
