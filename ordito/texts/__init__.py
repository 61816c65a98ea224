"""Texts made of clauses: compared, amended, merged."""
