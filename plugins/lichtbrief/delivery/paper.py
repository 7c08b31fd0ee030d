"""A page of HTML becomes a PDF to print; the only module that knows WeasyPrint."""

from collections.abc import Mapping
from typing import Any

from lichtbrief.errors import LichtbriefError


def print_pdf(html: str, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF (bytes) of a page; `pictures` are the JPEGs that it may show, by address.

    It is printed whole or not at all: whatever else the page asks for, from the net or from this
    machine, is refused. Raises LichtbriefError for that, and when the extra `paper` is missing.
    """
    weasyprint = _weasyprint()
    refused: list[str] = []

    class OnlyOurs(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined] # loaded late
        """Gives the pictures, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> object:
            del headers
            if url not in pictures:
                refused.append(url)
                raise ValueError("not one of ours")
            jpeg = {"Content-Type": "image/jpeg"}
            return weasyprint.urls.URLFetcherResponse(url, pictures[url], jpeg)

    data: bytes = weasyprint.HTML(string=html, url_fetcher=OnlyOurs()).write_pdf()
    if refused:  # WeasyPrint goes on without what it could not fetch
        what = "the page on paper asks for something that is not one of its photos"
        raise LichtbriefError(what, "look at paper.html and cover.html of your theme")
    return data


def _weasyprint() -> Any:  # noqa: ANN401 -- the library has no types
    try:
        import weasyprint
    except ImportError as error:
        what = "the library that prints on paper is not installed"
        raise LichtbriefError(what, 'run: pip install "lichtbrief[paper]"') from error
    except OSError as error:  # it looks for libraries of the system when it is imported
        what = "the library that prints on paper lacks a part of the system: Pango"
        hint = "as root: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise LichtbriefError(what, hint) from error
    return weasyprint
