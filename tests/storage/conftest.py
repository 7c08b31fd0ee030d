"""The server that these tests talk to."""

from tests.stores import shelf, store_server

__all__ = ["shelf", "store_server"]
