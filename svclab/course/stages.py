"""A build is a row of stages; each has a key, and a stage whose key is unchanged is not run.

A key is a hash over everything the stage reads. It is written down only after the stage has
finished, so an interrupted stage runs again, and a finished one never does without a reason.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from svclab.course.places import CourseError

__all__ = ["Builder", "files_under", "fingerprint", "lock", "replace_folder", "run_logged"]

# Files that git may rewrite with other line ends on Windows: hashed with \n.
_TEXT = {".py", ".mjs", ".js", ".css", ".json", ".md", ".yml", ".bib", ".csv", ".ipynb", ".svg"}
_TEXT |= {".txt", ".html", ".toml"}


def files_under(folder: Path, *, skip: Iterable[str] = ()) -> list[Path]:
    """All files below a folder, sorted, without caches and hidden files.

    Parameters
    ----------
    folder : Path
        Where to look; a missing folder has no files.
    skip : iterable of str
        Names of folders or files to leave out.
    """
    unwanted = {"__pycache__", "node_modules", *skip}
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part in unwanted or part.startswith(".") for part in parts)
        if path.is_file() and not hidden:
            found.append(path)
    return found


def fingerprint(root: Path, files: Iterable[Path], *more: str) -> str:
    """Hash names and contents of files, and further strings, into 20 hexadecimal digits.

    Line ends do not count, so a clone on Windows has the same keys.
    """
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        content = path.read_bytes()
        if path.suffix in _TEXT:
            content = content.replace(b"\r\n", b"\n")
        digest.update(hashlib.sha256(content).digest())
    for text in more:
        digest.update(b"\1" + text.encode())
    return digest.hexdigest()[:20]


class Builder:
    """Runs stages, remembers their keys and says what happens.

    Parameters
    ----------
    folder : Path
        Where the keys are kept.
    console : Console, optional
        Where the progress lines go.
    rebuild : bool
        Forget all keys, so that every stage runs.
    """

    def __init__(
        self, folder: Path, *, console: Console | None = None, rebuild: bool = False
    ) -> None:
        self.folder = folder
        self.console = console or Console()
        self.rebuild = rebuild
        self.ran: list[str] = []

    def stage(
        self, name: str, key: str, products: Iterable[Path], action: Callable[[], str | None]
    ) -> None:
        """Run an action unless it has already been run with the same key.

        Parameters
        ----------
        name : str
            What the stage makes, as shown to the reader.
        key : str
            Fingerprint of all that the stage reads.
        products : iterable of Path
            What must exist afterwards; if one is gone, the stage runs again.
        action : callable
            Does the work; may return a few words on what it did.
        """
        stamp = self.folder / (name.replace(" ", "-") + ".key")
        products = list(products)
        known = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
        if not self.rebuild and known == key and all(path.exists() for path in products):
            self.console.print(f"  [dim]{name:<18} unchanged[/dim]", highlight=False)
            return
        stamp.unlink(missing_ok=True)
        began = time.perf_counter()
        with self.console.status(f"{name} …"):
            words = action()
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp.write_text(key, encoding="utf-8")
        self.ran.append(name)
        took = time.perf_counter() - began
        detail = f", {words}" if words else ""
        self.console.print(f"  {name:<18} {took:.1f} s{detail}", highlight=False)


def run_logged(
    command: list[str],
    log: Path,
    *,
    problem: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run a program, keep its whole output in a log, and fail with one sentence.

    Parameters
    ----------
    command : list of str
        Program and arguments; no shell is involved.
    log : Path
        The file that receives everything the program prints.
    problem : str
        The sentence for the reader if the program fails; the log's place is added.
    cwd : Path, optional
        The working directory.
    env : mapping, optional
        Variables added to the environment.

    Returns
    -------
    str
        What the program printed.

    Raises
    ------
    CourseError
        If the program cannot be started or fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+", encoding="utf-8", errors="replace") as out:
        try:
            status = subprocess.run(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=cwd,
                env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", **(env or {})},
                check=False,
            ).returncode
        except OSError as error:
            raise CourseError(f"{problem} ({command[0]}: {error.strerror})") from error
        out.seek(0)
        text = out.read()
    if status:
        raise CourseError(f"{problem}{_complaint(text)} The full log: {shown(log)}")
    return text


def _complaint(text: str) -> str:
    """The first line of a log that complains, as a sentence; nothing if none does.

    Examples
    --------
    >>> _complaint('  raise ValueError(f"{name}")\\nValueError: no page of this name\\n')
    ' It says: ValueError: no page of this name.'
    """
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in text.splitlines()]
    # A traceback's line of code may hold these words too; the error itself begins its line.
    named = r"WARNING|ERROR|npm error|^Error|^[\w.]+(?:Error|Exception): \S"
    found = [line for line in lines if re.search(named, line) and not line.startswith("raise ")]
    return f" It says: {found[0][:300]}." if found else ""


def shown(path: Path) -> str:
    """A path as a reader in the course's folder would type it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def replace_folder(new: Path, target: Path) -> None:
    """Put a finished folder in the place of an old one, as nearly at once as can be."""
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def lock(path: Path, console: Console | None = None) -> Iterator[None]:
    """Let one build at a time work in a folder; the operating system frees a dead one's lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        waiting = False
        while not _try_lock(handle.fileno()):
            if not waiting and console:
                console.print("  Another svclab is building here; waiting for it to finish.")
            waiting = True
            time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
