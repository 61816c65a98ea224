"""Acts and pages of districts, organisations, people and their roles."""
