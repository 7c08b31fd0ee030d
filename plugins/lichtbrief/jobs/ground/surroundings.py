"""What a job meets outside this program: the store, its signer, the mail relay, the clock."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lichtbrief.delivery import Sender, Transport
from lichtbrief.delivery import open_transports as of_address
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.filing import Cabinet, Filed
from lichtbrief.jobs.ground.keys import link_key
from lichtbrief.sealing import KeyRing
from lichtbrief.settings import Settings
from lichtbrief.storage import (
    CloudFrontSigner,
    DryRun,
    LocalStore,
    PostSigner,
    S3Store,
    Signer,
    Store,
    open_post_signer,
    open_signer,
    open_store,
)

STORE = "store"  # the folder of the one on this machine
PASSWORD = "LICHTBRIEF_MAIL_PASSWORD"  # noqa: S105 -- the name of the variable, not what is in it


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Insists:
    """What a person has decided: to take the store from a job elsewhere, to trust its ledger."""

    takes_over: bool = False
    restores_ledger: bool = False


NOTHING = Insists()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The store with its signer, and the clock; `store` may be a dry run's.

    `insists` says what to do on purpose where a job would rather refuse.
    `poster` signs what letters need to be answered, where that is switched on. `opened` are the
    replies that this run has read.
    """

    store: Store
    signer: Signer
    now: Callable[[], datetime] = utc_now
    insists: Insists = NOTHING
    poster: PostSigner | None = None
    opened: dict[str, Filed] = field(default_factory=dict, repr=False, compare=False)

    def cabinet(self, ring: KeyRing) -> Cabinet:
        """The cabinet in this store, in which nothing is read twice."""
        return Cabinet(self.store, ring, self.opened)

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of the keys whose signatures letters carry."""
        signers = (self.signer, self.poster) if self.poster else (self.signer,)
        return tuple(each.key_id for each in signers)


@contextmanager
def open_surroundings(
    settings: Settings, *, dry_run: bool = False, insists: Insists = NOTHING
) -> Iterator[Surroundings]:
    """The store that the settings name; the embedded one runs as long as the job does.

    In a dry run the store refuses nothing and writes nothing. Raises `LichtbriefError` when the
    store cannot be used.
    """
    with ExitStack() as stack:
        if settings.store == "local":
            server = stack.enter_context(LocalStore(settings.state / STORE, keep=True))
            store: S3Store = server.store()
            signer: Signer = server.signer()
            poster = server.post_signer() if settings.answerable else None
        else:
            store = open_store(settings.store, settings.endpoint, settings.region)
            signer = signer_of(settings, store)
            poster = open_post_signer(store, os.environ) if settings.answerable else None
        yield Surroundings(
            DryRun(store) if dry_run else store, signer, insists=insists, poster=poster
        )


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The store alone, for whoever signs nothing; raises as `open_surroundings` does."""
    if settings.store == "local":
        with LocalStore(settings.state / STORE, keep=True) as server:
            yield server.store()
    else:
        yield open_store(settings.store, settings.endpoint, settings.region)


def signer_of(settings: Settings, store: S3Store, now: Callable[[], datetime] = utc_now) -> Signer:
    """CloudFront's where the settings name one, else the store's own."""
    if settings.cloudfront and settings.cloudfront_key_pair:
        key = link_key(settings)
        return CloudFrontSigner(settings.cloudfront, settings.cloudfront_key_pair, key, now)
    return open_signer(store, settings.signer_profile, os.environ, now)


def open_transport(settings: Settings) -> Transport:
    """One connection to what the settings name; see `open_transports`."""
    return _transports(settings, 1)[0]


def open_transports(settings: Settings) -> tuple[Transport, ...]:
    """As many connections as the settings allow; a relay's password is in the environment."""
    return _transports(settings, settings.mail_pace.connections)


def _transports(settings: Settings, connections: int) -> tuple[Transport, ...]:
    if settings.mail is None:
        hint = "set LICHTBRIEF_MAIL, such as smtp://user@host:587"
        raise LichtbriefError("there is no mail relay in the settings", hint)
    return of_address(settings.mail, os.environ.get(PASSWORD), connections)


def open_sender(settings: Settings) -> Sender:
    """The school as it stands in the head of a mail; raises `LichtbriefError` when it cannot."""
    return Sender(
        settings.school_name,
        settings.mail_from,
        settings.contact,
        settings.bounces,
        settings.unsubscribe,
    )
