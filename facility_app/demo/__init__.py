"""The sample facility and its sample day: real services, real window, invented people."""
