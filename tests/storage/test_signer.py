"""Signing: the same links as botocore's, and a refusal for every link that would die early."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.credentials import Credentials, RefreshableCredentials
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import S3Store, SigV4Signer, open_signer
from lichtbrief.storage.s3 import make_client

NOW = datetime(2026, 11, 20, 15, 0, 0, 900_000, tzinfo=UTC)
ACCESS, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
ENVIRON = {
    "LICHTBRIEF_SIGNER_ACCESS_KEY_ID": ACCESS,
    "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": SECRET,
}


def school(prefix: str = "", token: str | None = None, endpoint: str | None = None) -> S3Store:
    session = boto3.Session(ACCESS, SECRET, token)
    return S3Store(make_client(session, endpoint, "eu-central-1"), "school", prefix)


def signer(credentials: Credentials | None = None) -> SigV4Signer:
    keys = credentials or Credentials(ACCESS, SECRET)
    return SigV4Signer("https://school.example/", "eu-central-1", keys, lambda: NOW)


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


STORES = [
    school("brief/", endpoint=host) for host in (None, "https://s3.example", "http://[::1]:1")
]


@given(names, st.sampled_from(STORES))
def test_a_link_is_the_one_that_botocore_makes(name: str, store: S3Store) -> None:
    parameters = {"Bucket": "school", "Key": f"brief/{name}"}
    theirs = store.client.generate_presigned_url("get_object", parameters, ExpiresIn=3600)
    stamp = parse_qs(urlsplit(theirs).query)["X-Amz-Date"][0]
    now = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    ours = open_signer(store, None, ENVIRON, lambda: now)
    assert theirs == ours.sign(name, now + timedelta(hours=1))


def test_a_session_token_is_signed_as_botocore_does() -> None:
    store = school(token="a/token+with=signs")
    parameters = {"Bucket": "school", "Key": "x"}
    theirs = store.client.generate_presigned_url("get_object", parameters, ExpiresIn=60)
    stamp = parse_qs(urlsplit(theirs).query)["X-Amz-Date"][0]
    now = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    place = theirs.split("?")[0][:-1]
    keys = session_until(now + timedelta(hours=1), "a/token+with=signs")
    ours = SigV4Signer(place, "eu-central-1", keys, lambda: now)
    query = urlsplit(ours.sign("x", now + timedelta(minutes=1))).query
    assert parse_qs(urlsplit(theirs).query) == parse_qs(query)


def session_until(end: datetime, token: str = "token") -> RefreshableCredentials:
    """Credentials of a role, which end at a known moment."""

    def refresh() -> dict[str, str]:
        raise AssertionError("nobody refreshes in this test")

    return RefreshableCredentials(
        ACCESS, SECRET, token, end, refresh, "test", time_fetcher=lambda: end - timedelta(hours=1)
    )


def test_seven_days_are_signed_and_a_second_more_is_refused() -> None:
    week = NOW + timedelta(seconds=604_800)
    query = parse_qs(urlsplit(signer().sign("x", week)).query)
    assert ["604800"] == query["X-Amz-Expires"]
    with pytest.raises(LichtbriefError, match="seven days"):
        signer().sign("x", week + timedelta(seconds=1))


@given(st.integers(-700_000, 700_000), st.integers(0, 999_999))
def test_a_link_ends_in_the_second_that_was_asked_for(seconds: int, fraction: int) -> None:
    until = NOW.replace(microsecond=fraction) + timedelta(seconds=seconds)
    if not 0 < seconds <= 604_800:
        with pytest.raises(LichtbriefError):
            signer().check(until)
        return
    query = parse_qs(urlsplit(signer().sign("x", until)).query)
    begun = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    end = begun + timedelta(seconds=int(query["X-Amz-Expires"][0]))
    assert until.replace(microsecond=0) == end


def test_the_schools_own_time_zone_gives_the_same_link() -> None:
    amsterdam = timezone(timedelta(hours=1))
    until = NOW + timedelta(days=2)
    there = SigV4Signer(
        "https://school.example/",
        "eu-central-1",
        Credentials(ACCESS, SECRET),
        lambda: NOW.astimezone(amsterdam),
    )
    assert signer().sign("x", until) == there.sign("x", until.astimezone(amsterdam))


def test_the_days_key_changes_at_midnight() -> None:
    moments = iter([NOW, NOW + timedelta(days=1)])
    walking = SigV4Signer(
        "https://school.example/",
        "eu-central-1",
        Credentials(ACCESS, SECRET),
        lambda: next(moments),
    )
    until = NOW + timedelta(days=3)
    walking.sign("x", until)
    tomorrow = SigV4Signer(
        "https://school.example/",
        "eu-central-1",
        Credentials(ACCESS, SECRET),
        lambda: NOW + timedelta(days=1),
    )
    assert tomorrow.sign("x", until) == walking.sign("x", until)


def test_a_moment_without_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        signer().check(datetime(2026, 11, 21))


def test_a_session_that_ends_before_the_link_is_refused() -> None:
    keys = session_until(NOW + timedelta(hours=12))
    signer(keys).check(NOW + timedelta(hours=12))
    with pytest.raises(LichtbriefError, match="temporary and end before"):
        signer(keys).check(NOW + timedelta(hours=12, seconds=1))


def test_a_session_whose_end_nobody_knows_is_refused() -> None:
    keys = {**ENVIRON, "LICHTBRIEF_SIGNER_SESSION_TOKEN": "token"}
    unknown = open_signer(school(), None, keys, lambda: NOW)
    with pytest.raises(LichtbriefError, match="nobody knows"):
        unknown.check(NOW + timedelta(minutes=1))


@pytest.mark.parametrize("missing", sorted(ENVIRON))
def test_half_a_key_is_refused(missing: str) -> None:
    half = {name: value for name, value in ENVIRON.items() if name != missing}
    with pytest.raises(LichtbriefError, match="half there"):
        open_signer(school(), None, half)


def test_two_sources_of_keys_are_refused() -> None:
    with pytest.raises(LichtbriefError, match="both a profile and keys"):
        open_signer(school(), "signer", ENVIRON)


def test_an_unknown_profile_is_named_as_such() -> None:
    with pytest.raises(LichtbriefError, match="no such profile"):
        open_signer(school(), "no-such-profile-here", {})


@pytest.mark.parametrize("environ", [{}, {"LICHTBRIEF_SIGNER_ACCESS_KEY_ID": ""}])
def test_without_keys_of_its_own_the_signer_uses_the_stores(
    environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    own = open_signer(school(), None, ENVIRON, lambda: NOW)
    shared = open_signer(school(), None, environ, lambda: NOW)
    until = NOW + timedelta(days=1)
    assert own.sign("x", until) == shared.sign("x", until)


def test_neither_the_signer_nor_its_refusals_show_a_key() -> None:
    with pytest.raises(LichtbriefError) as caught:
        signer().sign("x", NOW)
    assert [] == [
        key for key in (ACCESS, SECRET) if key in f"{signer()!r} {caught.value} {caught.value.hint}"
    ]
