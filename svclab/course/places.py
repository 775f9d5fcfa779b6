"""Where things lie in a clone of the course, and the one kind of error the commands report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Contents", "CourseError", "Places", "find_contents", "find_course", "install_with"]


class CourseError(Exception):
    """Something a person can mend: one sentence that says what is missing and what to do."""


@dataclass(frozen=True)
class Places:
    """The folders of one clone of the course; all output goes below ``.build``."""

    root: Path

    @property
    def package(self) -> Path:
        """The sources of svclab."""
        return self.root / "svclab"

    @property
    def web(self) -> Path:
        """The browser side of svclab."""
        return self.package / "web"

    @property
    def book(self) -> Path:
        """The pages that only the published book has."""
        return self.root / "book"

    @property
    def notebooks(self) -> Path:
        """One notebook a chapter."""
        return self.root / "notebooks"

    @property
    def data(self) -> Path:
        """The data sets."""
        return self.root / "data"

    @property
    def build(self) -> Path:
        """The only folder that is written to."""
        return self.root / ".build"

    @property
    def node(self) -> Path:
        """The npm packages: ``node_modules`` lies in here."""
        return self.build / "node"

    @property
    def assets(self) -> Path:
        """What the browser needs besides pages: the runtime and the course's scripts."""
        return self.build / "assets"

    @property
    def executed(self) -> Path:
        """Notebooks that were run because their stored outputs were out of date."""
        return self.build / "notebooks"

    @property
    def source(self) -> Path:
        """The staged source of the book: pages, student notebooks, data."""
        return self.build / "source"

    @property
    def output(self) -> Path:
        """Jupyter Book's own output folder."""
        return self.build / "book"

    @property
    def site(self) -> Path:
        """The finished site, ready to be copied to any web server."""
        return self.build / "site"

    @property
    def logs(self) -> Path:
        """The full output of each long step."""
        return self.build / "log"


@dataclass(frozen=True)
class Contents:
    """What readers get of the course; a clone and an installed package hold it alike."""

    notebooks: Path
    book: Path  # a package holds only the pages that notebooks link to
    data: Path


def find_contents(package: Path | None = None) -> Contents:
    """Find the notebooks, the glossary and the tables that belong to a svclab.

    Parameters
    ----------
    package : Path, optional
        The folder of svclab; that of the running one if not given.

    Raises
    ------
    CourseError
        If neither the package nor the folder around it holds them.
    """
    inside = (package or Path(__file__).parents[1]).resolve()
    installed = Contents(
        inside / "_course" / "notebooks", inside / "_course" / "book", inside / "_data"
    )
    clone = Places(inside.parent)
    for found in (installed, Contents(clone.notebooks, clone.book, clone.data)):
        if (found.book / "glossary.md").is_file() and found.notebooks.is_dir():
            return found
    raise CourseError("The course's notebooks are missing in this svclab: install it again.")


def install_with(group: str = "") -> str:
    """The command that installs a group of dependencies, for a sentence to a reader.

    Examples
    --------
    >>> print(install_with("site"))
    'pip install -e ".[site]" -c constraints.txt'
    """
    what = f'".[{group}]"' if group else "."
    return f"'pip install -e {what} -c constraints.txt'"


def find_course(start: Path | None = None) -> Places:
    """Find the clone that a folder belongs to.

    Parameters
    ----------
    start : Path, optional
        Where to look from, upwards; the current folder if not given.

    Raises
    ------
    CourseError
        If no folder above holds the course.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "book" / "_config.yml").is_file() and (folder / "svclab").is_dir():
            return Places(folder)
    raise CourseError(
        f"No course in {here}: this command works in a clone of the course, the folder that "
        "holds book/ and notebooks/; change to it and run the command again. Without a clone, "
        "'svclab start' opens the course."
    )
