"""Reading uploads: a file past the limit is counted and thrown away, the rest of the form is kept."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

LIMIT = 20 * 1024 * 1024  # a scan of twenty pages in colour


class TooLarge(UploadedFile):
    """Stands for an upload past the limit: it has a name and a size, and no content."""


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keep an upload on disk up to LIMIT bytes; of a larger one only its size."""

    seen: int

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen = start + len(raw_data)
        if self.seen <= LIMIT:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.seen <= LIMIT:
            return super().file_complete(file_size)
        self.file.close()
        return TooLarge(
            name=self.file_name, content_type=self.content_type, size=file_size, charset=None
        )
