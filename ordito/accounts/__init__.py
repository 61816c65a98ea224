"""Users and sign-in only."""
