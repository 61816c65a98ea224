"""Territories, districts, organisations, people and their roles: tables and rules, no acts."""
