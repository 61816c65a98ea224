"""Killing the served application, and finding everything that it had acknowledged."""
