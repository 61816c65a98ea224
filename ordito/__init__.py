"""Ordito: weave, run and account for the networks of local social services."""

import sys

import pysqlite3

# Debian's SQLite may still lose committed writes in WAL mode (fixed in 3.51.3): the wheel brings
# a fixed one, and Django must find it under the standard name.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
