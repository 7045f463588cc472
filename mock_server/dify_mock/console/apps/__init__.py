"""Handlers: apps, and everything below them."""
