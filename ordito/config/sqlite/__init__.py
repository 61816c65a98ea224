"""The SQLite database engine with its writers in a queue."""
