"""Links to elsewhere: only those whose target is plain, and readers see where they lead."""

import re

from bs4 import BeautifulSoup, Tag

WHERE = "where"

# Stricter than what browsers accept: no user, no backslash, no host in disguise.
_WEB = re.compile(
    r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?(?:[/?#][^\s\\]*)?",
    re.ASCII | re.IGNORECASE,
)
_OTHER = re.compile(r"(?:mailto|tel):[^\s\\]+", re.IGNORECASE)


def mend_links(soup: BeautifulSoup) -> tuple[str, ...]:
    """Show the host behind each link to the web; unwrap every other, and return their targets.

    Links to mail and telephone stay as they are; those within the page (footnotes) are unwrapped
    without a word, since the reader keeps its key where they would point. Arrows go altogether.
    """
    refused: list[str] = []
    for link in soup("a"):
        target = str(link.get("href") or "").strip()
        host = _host(target)
        if host is not None:
            link["href"], link["target"] = target, "_blank"
            _show_host(soup, link, host)
        elif _OTHER.fullmatch(target) is None:
            if target and not target.startswith("#"):
                refused.append(target)
            elif not any(letter.isalnum() for letter in link.get_text()):
                link.clear()
            link.unwrap()
    return tuple(refused)


def _host(target: str) -> str | None:
    """The host of a plain web address, in lower case, or None."""
    match = _WEB.fullmatch(target)
    return match[1].lower() if match else None


def _show_host(soup: BeautifulSoup, link: Tag, host: str) -> None:
    bare = re.escape(host.removeprefix("www."))
    if re.search(rf"(?<![\w.-])(?:www\.)?{bare}(?![\w-]|\.\w)", link.get_text(), re.IGNORECASE):
        return
    where = soup.new_tag("span", attrs={"class": WHERE})
    where.string = host
    link.insert_after(" ", where)
