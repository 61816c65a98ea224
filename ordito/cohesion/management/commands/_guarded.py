"""How a command on files refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from ordito.cohesion.files.columns import Refused

NEEDS = "Serve il pacchetto «{name}»: installate Ordito con «measure» e, per Dask, «national»."
TOO_LARGE = (
    "La memoria non basta per un'unità così grande: misurate unità più piccole (--by district) "
    "o meno misure (--measures mass,density)."
)


@contextmanager
def guarded() -> Iterator[None]:
    """Say in plain words, with exit code 2, what stops a command; 130 when the reader does."""
    try:
        yield
    except Refused as error:
        raise CommandError(str(error)) from error
    except ModuleNotFoundError as error:
        raise CommandError(NEEDS.format(name=error.name)) from error
    except MemoryError as error:
        raise CommandError(TOO_LARGE) from error
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CommandError(f"{where}{error.strerror or error}") from error
    except KeyboardInterrupt as error:
        raise CommandError("Interrotto: non è stato scritto nulla.", returncode=130) from error
