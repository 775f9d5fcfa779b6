"""The command line ``svclab``: build the site, run the tests, open the notebooks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import svclab
from svclab.course.places import (
    Contents,
    CourseError,
    Places,
    find_contents,
    find_course,
    install_with,
)

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Service Operations Lab: build the course, run it, test it.",
)
console = Console()


class Edition(StrEnum):
    """Whose edition of a notebook."""

    student = "student"
    instructor = "instructor"


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Report what a person can mend as one sentence, without a traceback."""
    try:
        yield
    except CourseError as problem:
        Console(stderr=True).print(f"[red]{_escape(problem)}[/red]", highlight=False)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped. The same command continues where it was.")
        raise typer.Exit(130) from None


def _say(line: str) -> None:
    """Print a line as it is: no mark-up in a folder's name, no line break in a path."""
    console.print(line, highlight=False, markup=False, soft_wrap=True)


def _escape(problem: object) -> str:
    from rich.markup import escape

    return escape(str(problem))


@app.command()
def site(
    port: Annotated[int, typer.Option(help="First port to try.", min=0, max=65535)] = 8000,
    serve: Annotated[bool, typer.Option(help="Serve the site after building it.")] = True,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build everything anew.")] = False,
) -> None:
    """Build the site into .build/site and serve it on 127.0.0.1."""
    with _one_sentence():
        from svclab.course.server import make_server
        from svclab.course.site import build_site

        places = _own_course()
        console.print("Building the site")
        ran = build_site(places, console=console, rebuild=rebuild)
        if not ran:
            console.print("Nothing has changed since the last build.")
        if not serve:
            console.print("The site is in .build/site")
            return
        server = make_server(places.site, port=port)
        where = f"http://127.0.0.1:{server.server_port}/"
        if port and server.server_port != port:
            console.print(f"Port {port} is busy, so the next free one is used.")
        console.print(f"The course is at [bold]{where}[/bold]  (Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("\nStopped.")
        finally:
            server.server_close()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Run the tests; what follows is given to pytest. Without it: build the site, test all."""
    with _one_sentence():
        places = _own_course()
        if not _has("pytest"):
            raise CourseError(f"pytest is not installed: {install_with('test')} brings it.")
        arguments = list(context.args)
        if not arguments:
            from svclab.course.site import build_site

            console.print("Building the site that the tests look at")
            build_site(places, console=console)
            # Two at a time: the browser and the kernels that tests start need the rest.
            arguments = ["-n", "2", "--dist", "loadfile"] if _has("xdist") else []
        # The last thing printed is pytest's own summary; its status is ours.
        _become([sys.executable, "-m", "pytest", *arguments], places.root)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the notebooks; what follows is given to it, such as --no-browser."""
    with _one_sentence():
        if not _has("jupyterlab"):
            raise CourseError(f"JupyterLab is not installed: {install_with()} brings it.")
        places = find_course()
        _open_lab(places.root, "notebooks", *context.args)


@app.command()
def start(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Your folder. Left out: the one used last, at first service-operations-lab in "
            "your home folder."
        ),
    ] = None,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open JupyterLab.")] = True,
) -> None:
    """Put the course into a folder of your own, or bring it up to date, and open JupyterLab."""
    with _one_sentence():
        from svclab.course import bundles, starting

        chosen = starting.choose(folder)
        lines = starting.told(starting.bring(chosen))
        _say(f"The course is in {chosen}")
        for line in lines or ["Nothing is new."]:
            _say(f"  {line}")
        if not open_it:
            _say("Run 'svclab start' to open it in JupyterLab.")
            return
        _say("Opening JupyterLab (Ctrl-C stops it)")
        _open_lab(chosen, bundles.START_HERE)


@app.command()
def edition(
    kind: Annotated[Edition, typer.Argument(help="Whose edition.")],
    notebook: Annotated[
        str,
        typer.Argument(
            help="A notebook, a chapter such as 02-strategy, its number, or its package, such as "
            "strategy. Left out: the whole course."
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write to, or a file .ipynb. [default: editions/KIND]"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is in the way.")] = False,
) -> None:
    """Make the student's edition of a notebook or of the course, or the instructor's."""
    with _one_sentence():
        from svclab.course import bundles, starting

        folder, outcomes = bundles.make(_contents(), kind.value, notebook, out=out, force=force)
        same = all(one.what == "same" for one in outcomes)
        _say(f"The {kind.value}'s edition is in {folder}" + (", unchanged" if same else ""))
        for line in starting.told(outcomes):
            _say(f"  {line}")


@app.command()
def run(notebook: Annotated[list[Path], typer.Argument(help="Notebooks to execute.")]) -> None:
    """Execute notebooks from a clean kernel and store their outputs in them."""
    with _one_sentence():
        from svclab.course.site import run_notebooks

        missing = [str(path) for path in notebook if not path.is_file()]
        if missing:
            raise CourseError(f"There is no notebook {', '.join(missing)}; check the name.")
        run_notebooks(_own_course(), [path.resolve() for path in notebook], console)


@app.command()
def exercises(
    name: Annotated[
        str, typer.Argument(help="An exercise, such as process.bottleneck, or a chapter's package.")
    ] = "",
    student: Annotated[
        str, typer.Option(help="Show this student's numbers. [default: practice]")
    ] = "",
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Write down the digests of new versions.")
    ] = False,
) -> None:
    """List the exercises, or show one with its hints, mistakes and solution."""
    with _one_sentence():
        from svclab.course import released

        if freeze:
            added = released.freeze(_own_course())
            _say("\n".join(added) or "No version is new.")
        elif "." in name:
            _say(released.sheet(name, student or None))
        else:
            console.print(released.overview(name or None))


def _template(wanted: bool) -> None:
    if wanted:
        from svclab.practice.grading import template

        typer.echo(template(), nl=False)
        raise typer.Exit


@app.command()
def grade(
    submissions: Annotated[Path, typer.Argument(help="Folder, zip or file that was handed in.")],
    roster: Annotated[Path, typer.Option(help="The class list: CSV or XLSX.")],
    out: Annotated[Path, typer.Option(help="Folder for the grades.")] = Path("grades"),
    rules: Annotated[Path | None, typer.Option(help="Rules of the course: TOML.")] = None,
    parts: Annotated[Path | None, typer.Option(help="Parts entered by hand: CSV or XLSX.")] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Processes; 0 for none besides this one.", min=0, max=64)
    ] = None,
    largest: Annotated[int, typer.Option(help="Megabytes of one file, at most.", min=1)] = 40,
    rules_template: Annotated[
        bool,
        typer.Option(
            "--rules-template",
            help="Print a rules file with every rule explained, and stop.",
            is_eager=True,
            callback=_template,
        ),
    ] = False,
) -> None:
    """Grade the exercises of a class from notebooks and exported files; run nothing of them."""
    with _one_sentence():
        from rich.progress import Progress

        from svclab.practice import grading

        limits = grading.Limits(file_bytes=largest * 1_000_000)
        try:
            with Progress(console=console, transient=True) as progress:
                bar = progress.add_task("Grading")
                outcome = grading.grade(
                    submissions, roster, out, rules=rules, parts=parts, jobs=jobs, limits=limits,
                    progress=lambda done, of: progress.update(bar, completed=done, total=of),
                )  # fmt: skip
        except grading.GradingError as problem:
            raise CourseError(str(problem)) from None
        marks = outcome.marks.marks
        handed_in = sum(mark.handed_in for mark in marks)
        console.print(f"{outcome.files} files, {handed_in} of {len(marks)} students with answers.")
        console.print(f"{outcome.urgent} findings need a human eye.")
        _say(f"Open {out / 'report.html'}")


@app.command()
def clean() -> None:
    """Remove everything that was built; .venv and the notebooks stay."""
    with _one_sentence():
        places = find_course()
        if places.build.exists():
            shutil.rmtree(places.build)
            console.print("Removed .build")
        else:
            console.print("Nothing to remove.")


@app.command()
def version() -> None:
    """Print the version."""
    console.print(f"svclab {svclab.__version__}, Python {sys.version.split()[0]}", highlight=False)


def _contents() -> Contents:
    """The course to make editions of: the clone around the current folder, else svclab's own."""
    try:
        find_course()
    except CourseError:
        return find_contents()
    places = _own_course()
    return Contents(places.notebooks, places.book, places.data)


def _own_course() -> Places:
    """The course, if the svclab that runs is the one that lies in it, or an equal copy."""
    from svclab.course.stages import files_under, fingerprint

    places, package = find_course(), Path(svclab.__file__).resolve().parent
    if package != places.package.resolve():
        here, there = (
            fingerprint(folder, [file for file in files_under(folder) if file.suffix == ".py"])
            for folder in (places.package, package)
        )
        if here != there:
            raise CourseError(
                f"The svclab that is installed is another one than that in {places.root}, so its "
                f"numbers would not be this course's: in that folder, {install_with()} mends it."
            )
    return places


def _open_lab(folder: Path, first: str, *arguments: str) -> None:
    """JupyterLab in a folder, without its question whether it may fetch news from the web."""
    ours = str(Path(__file__).parent / "jupyter")
    theirs = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([ours, theirs] if theirs else [ours])
    command = [sys.executable, "-m", "jupyterlab", f"--notebook-dir={folder}"]
    _become([*command, f"--LabApp.default_url=/lab/tree/{first}", *arguments], folder)


def _become(command: list[str], folder: Path) -> None:
    """Hand over to another program: Ctrl-C and the exit status are its own from now on."""
    sys.stdout.flush()
    if os.name == "nt":
        raise typer.Exit(subprocess.run(command, cwd=folder).returncode)
    os.chdir(folder)
    os.execv(command[0], command)


def _has(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is not None


if os.name == "nt":  # Chinese titles on a console with an old code page
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
