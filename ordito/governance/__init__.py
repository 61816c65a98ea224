"""Bodies, seats, adhesions, mandates, meetings, attendance, outputs."""
