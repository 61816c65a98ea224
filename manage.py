#!/usr/bin/env python
"""The place where tools look for the commands; the installed `ordito` is the same door."""

from ordito.__main__ import main

if __name__ == "__main__":
    main()
