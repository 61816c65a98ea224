"""What happened, recorded once and for good."""
