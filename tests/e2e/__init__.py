"""What people do in the browser, against a served demonstration."""
