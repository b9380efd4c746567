"""Rules and values: pure; no I/O, no clock, no Qt, no SQL."""
