"""Service Operations Lab: a course in service operations management that one can run."""

from __future__ import annotations

from typing import Any

__all__ = ["open_solutions", "student"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported when asked for: svclab.data and svclab.words stand without the exercises.
    if name in __all__:
        from svclab.practice import student as module

        return getattr(module, name)
    raise AttributeError(f"module 'svclab' has no attribute {name!r}")
