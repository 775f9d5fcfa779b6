"""Exercises by their names: a chapter's module ``exercises`` is the list of its exercises."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import svclab
from svclab.practice.definition import Exercise

__all__ = ["find", "listed", "objectives", "versions"]


def _module(package: str) -> ModuleType:
    if not package.isidentifier():
        raise ValueError(f"{package!r} is no chapter package")
    try:
        return importlib.import_module(f"svclab.{package}.exercises")
    except ModuleNotFoundError as missing:
        if missing.name and not missing.name.startswith(f"svclab.{package}"):
            raise
        raise ValueError(f"there is no chapter package {package!r} with exercises") from None


def find(name: str, version: int | None = None) -> Exercise:
    """The exercise of that name, such as ``process.bottleneck``; the newest version if not said.

    Raises
    ------
    ValueError
        If there is none; the message names those of the chapter.
    """
    found = _all(name)
    if version is None:
        return found[0]
    for one in found:
        if one.version == version:
            return one
    known = ", ".join(str(one.version) for one in found)
    raise ValueError(f"{name} has no version {version!r}; it has {known}")


def versions(name: str) -> list[int]:
    """All versions of an exercise that can be dealt and graded, the newest last."""
    return sorted(one.version for one in _all(name))


def _all(name: str) -> list[Exercise]:
    """All versions of an exercise, the newest first."""
    package, _, short = str(name).partition(".")
    if not package.isidentifier() or not short.isidentifier():
        raise ValueError(f"{name!r} is no exercise: names look like 'process.bottleneck'")
    module = _module(package)
    newest = getattr(module, short, None)
    older = [one for one in getattr(module, "older", ()) if one.short == short]
    found = [one for one in (newest, *older) if isinstance(one, Exercise)]
    if not found:
        known = [key for key, one in vars(module).items() if isinstance(one, Exercise)]
        raise ValueError(f"{package!r} has no exercise {short!r}; it has {', '.join(known)}")
    return found


def objectives(package: str) -> dict[int, str]:
    """The objectives of a chapter, by their numbers."""
    return dict(getattr(_module(package), "OBJECTIVES", {}))


def listed(package: str | None = None) -> list[Exercise]:
    """The newest version of every exercise, chapter by chapter in the chapter's own order.

    Parameters
    ----------
    package : str, optional
        One chapter's package only.
    """
    if package is None:
        folders = sorted(one.name for one in pkgutil.iter_modules(svclab.__path__) if one.ispkg)
        return [exercise for name in folders if _has(name) for exercise in listed(name)]
    return [one for one in vars(_module(package)).values() if isinstance(one, Exercise)]


def _has(package: str) -> bool:
    from importlib.util import find_spec

    # The chapter packages alone are asked: looking for a submodule imports its package.
    return package not in _NOT_CHAPTERS and find_spec(f"svclab.{package}.exercises") is not None


_NOT_CHAPTERS = {"course", "explore", "linear", "practice", "web"}
