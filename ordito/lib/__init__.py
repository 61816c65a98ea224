"""Pure functions: no Django, no models."""
