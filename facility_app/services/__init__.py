"""Use cases, one file per story: they open units of work and are the only callers of reports."""
