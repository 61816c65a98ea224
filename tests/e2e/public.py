"""The public pages of a demonstration, found as a stranger finds them: by following links."""

import html
import re
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

from tests.e2e.site import Site

# Entries and filters are many of the same page: a few of each are read.
MANY = re.compile(r"/registrazioni/\d+/$|\?")
FEW = 40
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_found: dict[tuple[str, str], dict[str, str]] = {}


def pages_under(
    asking: APIRequestContext, site: Site, start: str, language: str = "it"
) -> dict[str, str]:
    """The source of every page under an address, by its path; files are left out."""
    if (start, language) not in _found:
        _found[start, language] = _follow(asking, site.url, start, language)
    return _found[start, language]


def _follow(asking: APIRequestContext, root: str, start: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    waiting, known, n_many = [root + start], {root + start}, 0
    while waiting:
        url = waiting.pop(0)
        answer = asking.get(url, headers={"Accept-Language": language})
        assert answer.ok, f"{url}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
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
    return found


def links_in(source: str, url: str) -> list[str]:
    """The addresses that a page of the same site links, without their fragments."""
    here = urlsplit(url)
    absolute = (urldefrag(urljoin(url, html.unescape(h)))[0] for h in LINK.findall(source))
    return [link for link in absolute if urlsplit(link).netloc == here.netloc]


def said(source: str) -> str:
    """What a page says and holds: its text and the values of its attributes."""
    return html.unescape(source)
