"""Every table of the product in one place, and the revision that makes them."""

from mailroute.store import tables_account
from mailroute.store.tables import metadata

__all__ = ["HEAD", "metadata", "tables_account"]

HEAD = "0003"
"""The revision that this code needs; known here so that opening the store need not load Alembic."""
