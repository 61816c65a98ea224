"""Stored files: content-addressed and immutable."""
