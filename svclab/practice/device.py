"""What a notebook's exercises remember on this device, so that running all cells loses nothing.

One small JSON file a student, in the user's data folder. It holds answers and records, not the
student's number. A file that cannot be read is put aside, never overwritten.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

__all__ = ["Memory", "data_folder", "memory_of"]


def data_folder() -> Path:
    """Where it is kept; ``SVCLAB_MEMORY`` names another folder."""
    named = os.environ.get("SVCLAB_MEMORY")
    return Path(named) if named else user_data_path("svclab", appauthor=False)


class Memory:
    """The states of one student's exercises, by name and version.

    Parameters
    ----------
    path : Path or None
        The file; None keeps them in this process only, as for practice.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._states: dict[str, dict[str, Any]] = {}

    def recall(self, key: str) -> dict[str, Any]:
        """The state of an exercise; empty if there is none.

        Parameters
        ----------
        key : str
            Such as ``process.bottleneck/1/0f3c…``: name, version, variant.
        """
        if self._path is not None:
            self._states = {**self._states, **self._load()}
        return dict(self._states.get(key, {}))

    def keep(self, key: str, state: Mapping[str, Any]) -> None:
        """Remember a state. A disk that is full or read-only is no reason to stop."""
        if self._path is not None:
            # Another notebook may have written meanwhile.
            self._states = {**self._states, **self._load()}
        self._states[key] = dict(state)
        if self._path is None:
            return
        new = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(self._states, ensure_ascii=False), encoding="utf-8")
            new.replace(self._path)

    def _load(self) -> dict[str, dict[str, Any]]:
        assert self._path is not None
        try:
            states = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            states = None
        if isinstance(states, dict) and all(isinstance(one, dict) for one in states.values()):
            return states
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_suffix(".unreadable"))
        return {}


_memories: dict[str | None, Memory] = {}


def memory_of(student: str | None) -> Memory:
    """The memory of a student on this device; of practice, in this kernel only.

    Parameters
    ----------
    student : str or None
        A student's number in its normal form.
    """
    if student not in _memories:
        path = None
        if student is not None:
            name = hashlib.sha256(f"svclab/{student}".encode()).hexdigest()[:16]
            path = data_folder() / f"exercises-{name}.json"
        _memories[student] = Memory(path)
    return _memories[student]
