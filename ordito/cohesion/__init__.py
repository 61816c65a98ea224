"""Measures and reports: all of them computed from what was recorded."""
