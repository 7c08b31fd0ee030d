"""Addresses of stores that cannot be right are seen in the settings, before anybody is asked."""

from contextlib import suppress

import pytest
from botocore.exceptions import InvalidRegionError
from botocore.utils import check_dns_name, is_valid_endpoint_url, validate_region_name
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.hosts import StorePlace, read_endpoint, read_region, read_store
from lichtbrief.roster import FieldError
from tests.test_settings import read, refused

TEXTS = st.text(alphabet="ab-.:/_A1 ", max_size=70) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("s3://letters", StorePlace("letters", "")),
        ("s3://our-bucket/weekbrief/", StorePlace("our-bucket", "weekbrief/")),
        ("s3://news.dijk.example/a/b", StorePlace("news.dijk.example", "a/b/")),
    ],
)
def test_a_store_is_a_bucket_and_perhaps_a_prefix(address: str, place: StorePlace) -> None:
    assert place == read_store(address)


@pytest.mark.parametrize(
    "bucket",
    [
        "Bad_Bucket",
        "Letters",
        "de_dijk",
        "ab",
        "a" * 64,
        "-letters",
        "letters-",
        "let..ters",
        "192.168.5.4",
        "xn--letters",
        "letters-s3alias",
        "brief:8333",
    ],
)
def test_a_bucket_that_cannot_be_is_named_with_what_to_write(bucket: str) -> None:
    (problem,) = refused(LICHTBRIEF_STORE=f"s3://{bucket}/weekbrief")
    assert ("LICHTBRIEF_STORE", "names a bucket that S3 does not allow") == (
        problem.column,
        problem.what,
    )
    assert bucket[:60] in str(problem)
    assert problem.todo.startswith("write a name of 3 to 63 of a-z, 0-9 and -")


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("LICHTBRIEF_STORE", "https://letters", "is no address of a store"),
        ("LICHTBRIEF_STORE", "s3://letters/a/../b", "has a prefix with dots"),
        ("LICHTBRIEF_STORE", "s3://letters/a//b", "has a prefix with dots"),
        ("LICHTBRIEF_STORE", "s3://letters/a?b", "cannot be read"),
        ("LICHTBRIEF_STORE", "s3://news.dijk.example", "names a bucket with a dot"),
        ("LICHTBRIEF_S3_ENDPOINT", "http://s3.dijk.example", "is not encrypted"),
        ("LICHTBRIEF_S3_ENDPOINT", "https://", "is no address of a host"),
        ("LICHTBRIEF_S3_ENDPOINT", "https://s3_dijk.example", "is no address of a host"),
        ("LICHTBRIEF_S3_ENDPOINT", "https://s3.dijk.example:99999", "cannot be read"),
        ("LICHTBRIEF_S3_ENDPOINT", "https://bad host", "cannot be read"),
        ("LICHTBRIEF_CLOUDFRONT", "http://brief.dijk.example", "is not encrypted"),
        ("LICHTBRIEF_S3_REGION", "Europe (Frankfurt)", "is no name of a region"),
        ("LICHTBRIEF_S3_REGION", "eu_central_1", "is no name of a region"),
        ("LICHTBRIEF_OFFICE", "the office", "is not an e-mail address"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(name: str, value: str, what: str) -> None:
    (problem,) = refused(**{name: value})
    assert (name, repr(value)) == (problem.column, problem.value)
    assert problem.what.startswith(what)


def test_a_bucket_with_a_dot_is_fine_where_it_is_part_of_the_path() -> None:
    settings = read(
        LICHTBRIEF_STORE="s3://news.dijk.example", LICHTBRIEF_S3_ENDPOINT="https://s3.dijk.example"
    )
    assert "s3://news.dijk.example" == settings.store


@given(TEXTS)
def test_a_bucket_that_amazon_may_have_can_be_part_of_a_hosts_name(text: str) -> None:
    with suppress(ValueError):
        bucket = read_store(f"s3://{text}").bucket
        assert "." in bucket or check_dns_name(bucket)


@given(TEXTS)
def test_an_endpoint_that_is_let_through_is_one_for_the_stores_client(text: str) -> None:
    with suppress(ValueError):
        assert is_valid_endpoint_url(read_endpoint(f"https://{text}"))


@given(TEXTS)
def test_a_region_is_refused_exactly_where_the_stores_client_would_refuse_it(text: str) -> None:
    def allows() -> bool:
        try:
            validate_region_name(text)
        except InvalidRegionError:
            return False
        return bool(text)

    try:
        assert text == read_region(text)
        allowed = True
    except FieldError:
        allowed = False
    assert allows() == allowed
