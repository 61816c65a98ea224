"""The districts of a demonstration: two documented, one invented, one large."""
