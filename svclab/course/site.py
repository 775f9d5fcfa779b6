"""The build of the site, from a clone to ``.build/site``: six stages, each run only if needed."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from svclab.catalogue import CHAPTERS, chapter
from svclab.course import citations, editions, notebooks, publish
from svclab.course.contents import contents
from svclab.course.node import Node, fetch_packages, find_node
from svclab.course.places import CourseError, Places
from svclab.course.sanitise import sanitise
from svclab.course.stages import Builder, files_under, fingerprint, lock, run_logged

__all__ = ["build_site", "run_notebooks", "stage_source"]


def build_site(
    places: Places, *, console: Console | None = None, rebuild: bool = False
) -> list[str]:
    """Build the site.

    Parameters
    ----------
    places : Places
        The clone to build.
    console : Console, optional
        Where progress is shown.
    rebuild : bool
        Run every stage, whatever has been built before.

    Returns
    -------
    list of str
        The stages that had something to do; empty if nothing had changed.

    Raises
    ------
    CourseError
        If a stage fails: one sentence that says what to do.
    """
    console = console or Console()
    if rebuild:
        for folder in (places.executed, places.output):
            shutil.rmtree(folder, ignore_errors=True)
    with lock(places.build / "lock", console):
        builder = Builder(places.build / "keys", console=console, rebuild=rebuild)
        node = find_node()
        fetch_packages(builder, places, node)
        assets = _assets(builder, places)
        executed = _executed(builder, places)
        _source(builder, places, executed, node, assets)
        _book(builder, places)
        _publish(builder, places, executed)
    return builder.ran


def _python_key(places: Places) -> str:
    """All Python and browser sources of svclab: what a page's look and numbers rest on."""
    return fingerprint(places.root, files_under(places.package))


def _look_key(places: Places) -> str:
    """The theme's files: Sphinx copies them only when it has a page to write."""
    folders = ("_static", "_templates")
    files = [path for name in folders for path in files_under(places.book / name)]
    return fingerprint(places.root, files)


def _assets(builder: Builder, places: Places) -> dict[str, Any]:
    """Make the browser's folders; gives the course's name and the modules to load early."""
    from svclab.course.assets import build_assets

    record = places.build / "assets.json"
    files = [*files_under(places.package), *files_under(places.data)]
    lockfile = places.web / "package-lock.json"

    def make() -> str:
        try:
            made = build_assets(places.root, places.node / "node_modules", places.assets)
        except FileNotFoundError as error:
            raise CourseError(f"The browser's files cannot be made: {error}.") from error
        names = {"course": made.course, "preload": dict(made.preload)}
        record.write_text(json.dumps(names), encoding="utf-8")
        return f"{sum(made.weights.values()) / 1e6:.1f} MB compressed"

    builder.stage(
        "browser assets",
        fingerprint(places.root, [*files, lockfile]),
        [record, places.assets],
        make,
    )
    names: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return names


def _executed(builder: Builder, places: Places) -> dict[str, Path]:
    """For each chapter a notebook whose outputs hold: the stored one, or one that is run now."""
    chosen: dict[str, Path] = {}
    for entry in CHAPTERS:
        stored = places.root / entry.notebook
        sources = notebooks.sources_key(places, entry)
        key = notebooks.key_of(notebooks.load(stored), sources)
        fresh = places.executed / stored.name
        candidates = [stored, fresh] if not builder.rebuild else []
        chosen[entry.name] = next(
            (
                path
                for path in candidates
                if path.is_file() and notebooks.up_to_date(notebooks.load(path), key)
            ),
            fresh,
        )

        def run(stored: Path = stored, fresh: Path = fresh, sources: str = sources) -> str:
            notebooks.save(notebooks.execute(stored, places, sources), fresh)
            return "run: its stored outputs were older than its code"

        if chosen[entry.name] == fresh:
            builder.stage(f"notebook {entry.name[:2]}", key, [fresh], run)
        else:
            builder.console.print(
                f"  [dim]{'notebook ' + entry.name[:2]:<18} stored outputs hold[/dim]",
                highlight=False,
            )
    return chosen


def run_notebooks(places: Places, paths: list[Path], console: Console) -> None:
    """Execute notebooks in place and store sanitised outputs."""
    for path in paths:
        sources = notebooks.sources_key(places, chapter(path.stem))
        with console.status(f"{path.name} …") as status:

            def show(done: int, total: int, name: str = path.name) -> None:
                status.update(f"{name}: cell {done} of {total}")

            notebooks.save(notebooks.execute(path, places, sources, progress=show), path)
        console.print(f"  {path.name}: run and stored", highlight=False)


def stage_source(
    places: Places, executed: dict[str, Path], settings: dict[str, Any]
) -> dict[str, bytes]:
    """Everything Jupyter Book reads, by path: book pages, notebooks, downloads, data, settings.

    Pages and notebooks lie side by side, so that every address of the site is one level deep;
    links between ``book/`` and ``notebooks/`` are rewritten for it.
    """
    import yaml

    known = citations.labels(places.book / "references.bib")
    staged: dict[str, bytes] = {}
    for path in files_under(places.book):
        name = path.relative_to(places.book).as_posix()
        content = path.read_bytes()
        if path.suffix == ".md":
            content = content.replace(b"](../notebooks/", b"](").replace(b"](../data/", b"](data/")
        staged[name] = content
    for path in files_under(places.data):
        if path.suffix in {".csv", ".json"}:
            staged["data/" + path.relative_to(places.data).as_posix()] = path.read_bytes()
    for name, path in executed.items():
        joined = _with_text_of(places.notebooks / f"{name}.ipynb", path)
        # The page needs the outputs; whoever downloads the notebook runs it.
        staged[f"downloads/{name}.ipynb"] = notebooks.as_bytes(editions.student(joined))
        page = editions.for_page(sanitise(joined, places.root))
        for cell in page["cells"]:
            if cell["cell_type"] == "markdown":
                text = citations.link("".join(cell["source"]), known)
                cell["source"] = text.replace("](../book/", "](").replace("](../data/", "](data/")
        staged[f"{name}.ipynb"] = notebooks.as_bytes(page)
    toc = contents(yaml.safe_load(staged["_toc.yml"]))
    staged["_toc.yml"] = yaml.safe_dump(toc, allow_unicode=True, sort_keys=False).encode()
    config = yaml.safe_load(staged["_config.yml"])
    config["sphinx"]["config"].update(settings)
    staged["_config.yml"] = yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode()
    return staged


def _with_text_of(stored: Path, executed: Path) -> dict[str, Any]:
    """Outputs of the executed notebook, words of the stored one: only code is in the key."""
    notebook = notebooks.load(stored)
    if stored != executed:
        outputs = iter(
            [cell for cell in notebooks.load(executed)["cells"] if cell["cell_type"] == "code"]
        )
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                run = next(outputs)
                cell["outputs"], cell["execution_count"] = run["outputs"], run["execution_count"]
    return notebook


def _source(
    builder: Builder,
    places: Places,
    executed: dict[str, Path],
    node: Node,
    assets: dict[str, Any],
) -> None:
    settings = {
        "svclab_node": node.program,
        "svclab_node_modules": str(places.node / "node_modules"),
        "svclab_prerender": str(places.web / "prerender.mjs"),
        "svclab_assets": assets["course"],
        "svclab_preload": assets["preload"],
        "svclab_key": _python_key(places),
        "svclab_look": _look_key(places),
    }
    try:
        staged = stage_source(places, executed, settings)
    except StopIteration as error:
        raise CourseError("A notebook changed while it was run: run the command again.") from error
    key = fingerprint(
        Path(), [], *(name + "\0" + content.hex() for name, content in sorted(staged.items()))
    )

    def write() -> str:
        changed = 0
        wanted = {places.source / name: content for name, content in staged.items()}
        for path in files_under(places.source):
            if path not in wanted:
                path.unlink()
        for path, content in wanted.items():
            # Untouched files keep their time, by which Sphinx sees what to read again.
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                changed += 1
        return f"{changed} of {len(wanted)} files changed"

    builder.stage("book source", key, [places.source / "_config.yml"], write)


def _book(builder: Builder, places: Places) -> None:
    html = places.output / "_build" / "html"

    def make() -> str:
        start = "from jupyter_book.cli.main import main; main()"
        command = [sys.executable, "-c", start, "build", str(places.source)]
        command += ["--path-output", str(places.output), "--warningiserror", "--keep-going"]
        run_logged(
            command,
            places.logs / "book.txt",
            problem="Jupyter Book found something wrong in the book.",
        )
        return f"{len(list(html.glob('*.html')))} pages"

    key = fingerprint(places.source, files_under(places.source))
    builder.stage("book", key, [html / "index.html"], make)


def _publish(builder: Builder, places: Places, executed: dict[str, Path]) -> None:
    html = places.output / "_build" / "html"
    key = fingerprint(
        places.build,
        [
            *files_under(html),
            *files_under(places.source / "downloads"),
            places.build / "assets.json",
        ],
        *executed,
    )

    def make() -> str:
        size = publish.publish(places, list(executed))
        return f"{size / 1e6:.1f} MB in .build/site"

    builder.stage("site", key, [places.site / "index.html"], make)
