"""The formulas: pure functions over plain data, one file per family."""
