"""How a command on files refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from ordito.cohesion.files.columns import Refused

NEEDS = "Serve il pacchetto «{name}»: installate Ordito con «measure» e, per Dask, «national»."


@contextmanager
def guarded() -> Iterator[None]:
    """Say in plain words, with exit code 2, what stops a command; 130 when the reader does."""
    try:
        yield
    except Refused as error:
        raise CommandError(str(error)) from error
    except ModuleNotFoundError as error:
        raise CommandError(NEEDS.format(name=error.name)) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CommandError(f"{where}{error.strerror or error}") from error
    except KeyboardInterrupt as error:
        raise CommandError("Interrotto: non è stato scritto nulla.", returncode=130) from error
