"""Sets up ``.venv`` for the Makefile: ``python svclab/course/bootstrap.py GROUP COMMAND…``.

GROUP is ``lab``, ``site`` or ``test``; COMMAND is what ``svclab`` shall do afterwards. This file
is run by the system's Python before anything is installed: it uses the standard library only and
imports nothing of svclab. A set-up that was interrupted goes on when it is run again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
GROUPS = {"lab": ".", "site": ".[site]", "test": ".[test]"}
# A group that holds another one serves for it too.
SERVED_BY = {"lab": ("lab", "site", "test"), "site": ("site", "test"), "test": ("test",)}
# What pip says when it cannot reach the package index.
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeout",
    "ProxyError",
    "SSLError",
    "Max retries",
    "Connection broken",
    "Read timed out",
)
AGAIN = "then run the same command again: it continues where it stopped."
# Run inside .venv. A Python that was updated or too old from the start does not pass, nor does a
# pip that was being copied when the set-up was killed (pip writes INSTALLER last).
SOUND = """
import sys
from importlib.metadata import distribution
sys.exit(sys.version_info < (3, 11) or not distribution("pip").read_text("INSTALLER"))
"""
# Packages that were being copied when the set-up was killed: pip would take them for whole.
MEND = """
import pathlib, shutil, sysconfig
for notes in pathlib.Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"):
    if not (notes / "INSTALLER").is_file():
        shutil.rmtree(notes)
"""


def main(arguments: list[str]) -> int:
    """Set up what a group needs, then hand over to ``svclab``."""
    group, command = arguments[0], arguments[1:]
    try:
        set_up(group)
    except KeyboardInterrupt:
        print("\nStopped. The same command continues where it was.", file=sys.stderr)
        return 130
    except SetUpError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"The set-up cannot work in {ROOT} ({problem}). Mend that, {AGAIN}", file=sys.stderr)
        return 1
    start = [str(venv_python()), "-m", "svclab.course", *command]
    if os.name == "nt":
        return subprocess.run(start).returncode
    # Takes this process's place, so that Ctrl-C and the exit status are svclab's own.
    os.execv(start[0], start)


class SetUpError(Exception):
    """One sentence that says what is missing and what to do."""


def venv_python() -> Path:
    """The Python inside ``.venv``."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_key() -> str:
    """Changes when what has to be installed changes."""
    # The place counts: .venv holds it, so the set-up of a copied or moved folder is not its own.
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def set_up(group: str) -> None:
    """Make ``.venv`` and install a group, unless that has been done."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is run by whatever Python there is)
        raise SetUpError(
            f"Python 3.11 or newer is needed; this one is {sys.version.split()[0]}. Install a "
            f"newer Python and {AGAIN}"
        )
    key = wanted_key()
    for served in SERVED_BY[group]:
        stamp = VENV / f"svclab-{served}.key"
        noted = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
        if noted == key and _works(venv_python(), "import typer"):
            return
    _make_venv()
    print(f"Setting up .venv for '{group}' (once; some minutes, mostly downloads)", flush=True)
    _install(GROUPS[group])
    (VENV / f"svclab-{group}.key").write_text(key, encoding="utf-8")


def _make_venv() -> None:
    if _works(venv_python(), SOUND):
        _works(venv_python(), MEND)
        return
    if not _works(Path(sys.executable), "import venv, ensurepip"):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetUpError(
            f"Python {version} here cannot make a virtual environment: its modules venv and "
            f"ensurepip are missing. On Debian and Ubuntu 'sudo apt install python{version}-venv' "
            f"brings them; {AGAIN}"
        )
    print("Making .venv", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        last = (made.stdout + made.stderr).strip().splitlines()[-1:] or ["no message"]
        raise SetUpError(f"The virtual environment .venv could not be made ({last[0]}); {AGAIN}")


def _install(target: str) -> None:
    log = ROOT / ".build" / "log" / "pip.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [str(venv_python()), "-m", "pip", "install", "-e", target]
    command += ["-c", "constraints.txt", "--disable-pip-version-check", "--progress-bar", "off"]
    live = sys.stdout.isatty()
    seen: list[str] = []
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        for line in process.stdout or ():
            out.write(line)
            seen.append(line)
            step = _progress(line, sum("Collecting" in earlier for earlier in seen))
            if step and live:
                print(f"\r\033[K  {step}", end="", flush=True)
            elif step and step.startswith("installing"):
                print(f"  {step}", flush=True)
        status = process.wait()
    if live:
        print("\r\033[K", end="")
    if status:
        raise SetUpError(_reason("".join(seen), log))


def _progress(line: str, collected: int) -> str:
    words = line.split()
    if line.startswith("Collecting") and len(words) > 1:
        return f"package {collected}: {words[1].split(';')[0]}"[:70]
    if line.startswith("Installing collected packages"):
        return f"installing {line.count(',') + 1} packages"
    return ""


def _reason(output: str, log: Path) -> str:
    place = log.relative_to(ROOT).as_posix()
    if any(word in output for word in NO_NETWORK):
        return (
            "The Python packages could not be fetched: the package index cannot be reached. "
            f"Connect to the internet, {AGAIN} (Full log: {place})"
        )
    if "No space left" in output:
        return f"The disk is full: free about 2 GB, {AGAIN} (Full log: {place})"
    absent = re.search(
        r"No matching distribution found for (\S+)|requested \(constraint\) (\S+)", output
    )
    if absent:
        name = absent.group(1) or absent.group(2)
        return (
            f"The package {name} could not be found: the package index cannot be reached, or it "
            f"does not have it. Check the connection to the internet, {AGAIN} (Full log: {place})"
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    what = errors[0].removeprefix("ERROR: ") if errors else "pip stopped"
    return f"The Python packages could not be installed: {what}. Mend that, {AGAIN} (Log: {place})"


def _works(python: Path, code: str = "pass") -> bool:
    """Whether a Python exists, starts, and can do something."""
    try:
        return not subprocess.run([str(python), "-c", code], capture_output=True).returncode
    except OSError:
        return False


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
