"""The commands of an installation."""
