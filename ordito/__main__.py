"""The `ordito` command: every management command of the installation, in one door."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ordito.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
