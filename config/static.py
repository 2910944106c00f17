"""How static files are stored for browsers: named by their content, and compressed where that pays."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

_HTMX = "django_htmx/htmx-2.min.js"


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Files with their hash in their name; only what readers load is compressed: our own files, Plotly's bundle, htmx.

    Compressing the admin's many hundred files takes half a minute, for pages that a few curators load once.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        own = {self.hashed_files.get(self.hash_key(name)) for name in _own_names()}
        compressed: Iterator[tuple[str, str]] = super().compress_files(own & set(paths))
        return compressed

    def create_compressor(self, **kwargs: Any) -> Any:
        # Every browser of these years takes brotli; what does not gets the file as it is.
        return super().create_compressor(use_gzip=False, **kwargs)


def _own_names() -> Iterator[str]:
    yield _HTMX
    for folder in settings.STATICFILES_DIRS:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.relative_to(folder).as_posix()
