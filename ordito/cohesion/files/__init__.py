"""Acts in files: read, checked and split into units, and results written whole. No Django."""
