"""Bytes to `ParsedMail`: pure, and total (any bytes give an object)."""
