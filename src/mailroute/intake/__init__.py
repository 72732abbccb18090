"""Doors by which mail comes in."""
