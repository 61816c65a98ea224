"""The report as files: PDF, ODS, CSV, and plain data."""
