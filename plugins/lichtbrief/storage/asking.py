"""Asking a store as a stranger would: plain requests, signed by their address or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage.refusals import UNREACHABLE


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, (decompressed) body and header fields of an answer."""

    status: int
    data: bytes = field(repr=False)
    headers: Mapping[str, str]


def open_pool(urls: Sequence[str], workers: int) -> urllib3.PoolManager:
    """Connections to the host of `urls`, through the proxy that uploads go through as well."""
    retries = urllib3.Retry(
        3,
        redirect=0,  # a parent's link must not need one
        raise_on_redirect=False,
        status_forcelist=(500, 502, 503, 504),
        raise_on_status=False,
        backoff_factor=0.5,
    )
    timeout = urllib3.Timeout(connect=10, read=60)
    for parts in (urllib3.util.parse_url(url) for url in urls):
        proxy = getproxies().get(parts.scheme or "")
        if proxy and not proxy_bypass(parts.netloc or ""):
            return urllib3.ProxyManager(proxy, maxsize=workers, retries=retries, timeout=timeout)
    return urllib3.PoolManager(maxsize=workers, retries=retries, timeout=timeout)


def ask(
    pool: urllib3.PoolManager,
    url: str,
    headers: dict[str, str],
    method: str = "GET",
    body: bytes | None = None,
) -> Reply:
    """The answer; urllib3's own errors hold the link, so none is chained."""
    try:
        reply = pool.request(method, url, headers=headers, body=body)
    except HTTPError:
        refusal = LichtbriefError(*UNREACHABLE)
    else:
        return Reply(reply.status, reply.data, reply.headers)
    raise refusal
