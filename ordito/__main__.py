"""The `ordito` command: every management command of the installation, in one door."""

import sys

from ordito.config.commands import run


def main() -> None:
    run(sys.argv)


if __name__ == "__main__":
    main()
