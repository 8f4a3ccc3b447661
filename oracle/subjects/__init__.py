"""Fixtures that are values and not estimators: arrays, sparse matrices, frames, containers, plain Python."""
