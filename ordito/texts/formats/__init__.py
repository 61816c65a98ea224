"""Documents as offices write them, read into blocks and written from clauses."""
