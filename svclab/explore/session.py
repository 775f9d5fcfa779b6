"""The one entry for both hosts: a JSON request in, JSON documents out.

It never raises on what a reader can do: a bad setting comes back as problems at the controls.
"""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from svclab.explore.definition import Explorable
from svclab.explore.parameters import SettingError
from svclab.explore.views import View

__all__ = ["Session", "answer", "declaration", "find", "start"]


def find(name: str) -> Explorable:
    """The explorable of that name, such as ``process.line_designer``.

    Raises
    ------
    ValueError
        If there is none; the message names those of the chapter.
    """
    package, _, function = name.partition(".")
    if not package.isidentifier() or not function.isidentifier():
        raise ValueError(f"{name!r} is no explorable: names look like 'process.line_designer'")
    try:
        module = importlib.import_module(f"svclab.{package}.explorables")
    except ModuleNotFoundError as missing:
        if missing.name and not missing.name.startswith(f"svclab.{package}"):
            raise
        raise ValueError(f"there is no chapter package {package!r} with explorables") from None
    found = getattr(module, function, None)
    if not isinstance(found, Explorable):
        known = [n for n, v in vars(module).items() if isinstance(v, Explorable)]
        raise ValueError(f"{package!r} has no explorable {function!r}; it has {', '.join(known)}")
    return found


def declaration(name: str) -> dict[str, Any]:
    """The declaration of an explorable, as plain data."""
    return find(name).declaration()


class Session:
    """A request under way: each :meth:`step` gives the next document until there is none.

    Parameters
    ----------
    request : str
        JSON with ``name`` and ``parameters``.
    found : Explorable, optional
        One that no chapter holds; left out: it is found by its name.
    """

    def __init__(self, request: str, found: Explorable | None = None) -> None:
        asked = json.loads(request)
        self._found = found or find(asked["name"])
        self._given = dict(asked.get("parameters") or {})
        clean, problems = self._found.check(self._given)
        self._head: dict[str, Any] = {"name": self._found.name, "version": self._found.version}
        self._views: Iterator[View] = iter(())
        self._problems = problems
        if problems:
            self._head["parameters"] = self._given
        else:
            self._head["parameters"] = clean
            self._views = self._found.views(clean)

    def step(self) -> str | None:
        """The next document as JSON, or None after the last."""
        if self._problems:
            problems, self._problems = self._problems, {}
            return _dump({**self._head, "problems": problems})
        try:
            view = next(self._views, None)
        except SettingError as problem:
            self._views = iter(())
            said = {"problems": {problem.parameter: str(problem)}}
            places = {problem.parameter: problem.place} if problem.place else {}
            return _dump({**self._head, **said, **({"places": places} if places else {})})
        except ValueError as problem:
            # The model's own word about a combination that no single control can refuse.
            self._views = iter(())
            return _dump({**self._head, "problems": {"": str(problem)}})
        if view is None:
            return None
        document = {**self._head, "view": view.to_data()}
        if view.progress is not None:
            document["progress"] = view.progress
        return _dump(document)


def _dump(document: dict[str, Any]) -> str:
    return json.dumps(_finite(document), ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    """JSON has no infinity: a number without an end becomes null, and a chart leaves a gap."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def start(request: str) -> Session:
    """Begin a request ``{"name", "version", "parameters"}``; see :class:`Session`."""
    return Session(request)


def answer(request: str) -> str:
    """The last document of a request, as JSON.

    Examples
    --------
    >>> answer('{"name": "nothing", "parameters": {}}')
    Traceback (most recent call last):
    ValueError: 'nothing' is no explorable: names look like 'process.line_designer'
    """
    session = start(request)
    last = ""
    while (document := session.step()) is not None:
        last = document
    return last
