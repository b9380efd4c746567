"""The record: the only door to the database, the tree over it, and its verification."""
