"""The commands of the texts."""
