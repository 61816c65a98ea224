"""A program that travels with the exports: it imports nothing of Ordito."""
