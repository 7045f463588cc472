"""Handlers: knowledge."""

from . import datasets, documents, metadata, pipeline, putting, retrieval, segments, tags

__all__ = ["datasets", "documents", "metadata", "pipeline", "putting", "retrieval", "segments", "tags"]
