"""Custody of residents' cards and certificates in welfare facilities."""
