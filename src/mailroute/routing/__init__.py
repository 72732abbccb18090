"""Whose work is it? Rules in order, each one a file."""
