"""Where the store is: addresses, endpoints and credentials, before anything is sent."""

import os

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import open_store
from lichtbrief.storage.signer import place_of


def test_missing_credentials_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    store = open_store("s3://school", "http://127.0.0.1:9", None)
    with pytest.raises(LichtbriefError, match="no credentials"):
        store.list()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's credentials, where boto3 looks first."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


@pytest.mark.usefixtures("keys")
def test_on_amazon_the_bucket_is_part_of_the_regions_host() -> None:
    store = open_store("s3://school/brief/", None, "eu-central-1")
    assert "https://school.s3.eu-central-1.amazonaws.com/brief/" == place_of(store)


@pytest.mark.usefixtures("keys")
def test_elsewhere_the_bucket_is_part_of_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://another.example")
    store = open_store("s3://school", "https://s3.host.example", None)
    assert "https://s3.host.example/school/" == place_of(store)
