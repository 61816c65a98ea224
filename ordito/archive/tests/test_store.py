"""What the archive keeps, and what it refuses."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from conftest import Cast
from ordito.archive.models import StoredFile
from ordito.archive.store import files_of, put
from ordito.archive.uploads import LIMIT, TooLarge

SCAN = b"%PDF-1.7\nsigned"


def store(cast: Cast, name: str = "foglio.pdf", content: bytes = SCAN) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    return put(upload, about=cast.district, district=cast.district, by=cast.anna)


def test_the_bytes_are_found_by_their_hash_and_stored_once(cast):
    first, second = store(cast), store(cast, "un-altro-nome.pdf")

    assert first == second
    assert first.path.read_bytes() == SCAN
    assert list(files_of(cast.district)) == [first]


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html>", b"PK\x03\x04", b"x"])
def test_what_is_not_a_scan_is_refused_whatever_its_name(cast, content):
    with pytest.raises(ValidationError, match="non è un PDF"):
        store(cast, "foglio.pdf", content)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "con\x00nul.pdf", "à" * 200 + ".pdf", "C:\\aux.pdf"]
)
def test_a_name_never_decides_where_the_file_goes(cast, name):
    stored = store(cast, name)

    assert stored.path.name == stored.sha256
    assert "/" not in stored.name


def test_a_file_past_the_limit_is_thrown_away_while_the_form_is_kept():
    body = (
        b'--x\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + b"%PDF" + b"0" * LIMIT + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="after"\r\n\r\nkept\r\n--x--\r\n'
    )
    request = RequestFactory().generic(
        "POST", "/", BytesIO(body).read(), content_type="multipart/form-data; boundary=x"
    )

    assert request.POST["after"] == "kept"
    upload = request.FILES["scan"]
    assert isinstance(upload, TooLarge)
    assert upload.size == LIMIT + 4
