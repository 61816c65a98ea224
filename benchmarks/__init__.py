"""How fast Ordito is, measured on one machine and written down."""
