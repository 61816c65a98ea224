"""The public pages of a demonstration, found as a stranger finds them: by following links."""

import html
import io
import re
import zipfile
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

from tests.e2e.site import Site

# Entries and filters are many of the same page: a few of each are read.
MANY = re.compile(r"/registrazioni/\d+/$|\?")
FEW = 40
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_found: dict[tuple[str, str], tuple[dict[str, str], dict[str, bytes]]] = {}


def pages_under(
    asking: APIRequestContext, site: Site, start: str, language: str = "it"
) -> dict[str, str]:
    """The source of every page under an address, by its path."""
    if (start, language) not in _found:
        _found[start, language] = _follow(asking, site.url, start, language)
    return _found[start, language][0]


def files_under(asking: APIRequestContext, site: Site, start: str) -> dict[str, str]:
    """What the files linked under an address say; a PDF is left out, a spreadsheet unpacked."""
    pages_under(asking, site, start)
    files = _found[start, "it"][1]
    return {path: _text_of(path, body) for path, body in files.items() if ".pdf" not in path}


def _text_of(path: str, body: bytes) -> str:
    if path.endswith(".ods"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = archive.read("content.xml")
    # A calendar folds its long lines.
    return html.unescape(body.decode().replace("\r\n ", ""))


def _follow(
    asking: APIRequestContext, root: str, start: str, language: str
) -> tuple[dict[str, str], dict[str, bytes]]:
    found: dict[str, str] = {}
    files: dict[str, bytes] = {}
    waiting, known, n_many = [root + start], {root + start}, 0
    while waiting:
        url = waiting.pop(0)
        answer = asking.get(url, headers={"Accept-Language": language})
        assert answer.ok, f"{url}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            files[url.removeprefix(root)] = answer.body()
            continue
        source = answer.text()
        found[url.removeprefix(root)] = source
        for link in links_in(source, url):
            if link in known or not urlsplit(link).path.startswith(start):
                continue
            known.add(link)
            if MANY.search(link):
                n_many += 1
                if n_many > FEW:
                    continue
            waiting.append(link)
    return found, files


def links_in(source: str, url: str) -> list[str]:
    """The addresses that a page of the same site links, without their fragments."""
    here = urlsplit(url)
    absolute = (urldefrag(urljoin(url, html.unescape(h)))[0] for h in LINK.findall(source))
    return [link for link in absolute if urlsplit(link).netloc == here.netloc]


def said(source: str) -> str:
    """What a page says and holds: its text and the values of its attributes."""
    return html.unescape(source)
