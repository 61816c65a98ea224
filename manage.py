#!/usr/bin/env python
"""Django's own door to the commands; the installed `ordito` is the same."""

from ordito.__main__ import main

if __name__ == "__main__":
    main()
