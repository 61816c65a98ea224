"""What can be shown of a comparison: lines for a terminal, a page, data."""
