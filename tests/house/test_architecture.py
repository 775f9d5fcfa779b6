"""The house keeps its floors, and the same Python runs in the kernel and in the page."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import grimp
import pytest

from svclab.catalogue import CHAPTERS
from svclab.course.notebooks import load

ROOT = Path(__file__).resolve().parents[2]

# Modules that may import more than the standard library, SimPy and PuLP, and why.
BEYOND_THE_BROWSER_LINE = {
    "svclab.capacity.demand.trends": "asks statsmodels for the best smoothing constants",
    "svclab.capacity.measuring.fitting": "asks SciPy for the fit of a distribution",
    "svclab.capacity.queues.arrays": "Erlang's formulas for NumPy arrays",
    "svclab.capacity.simulation.engine": "simulates many replications at once with NumPy",
    "svclab.capacity.simulation.executors": "hands work to threads, processes or Dask",
    "svclab.capacity.simulation.experiments": "gives its results as a pandas table",
    "svclab.course": "builds the site; never runs in the page",
    "svclab.data": "gives pandas tables in the notebook; its rows() is plain Python",
    "svclab.explore.jupyter": "the host in Jupyter",
    "svclab.linear.kernel": "calls HiGHS by highspy; the page calls it by WebAssembly",
    "svclab.practice.device": "asks platformdirs for the user's folder; the page has its own store",
    "svclab.practice.grading": "reads rosters and files, draws the report; never runs in the page",
    "svclab.practice.jupyter": "the host in Jupyter",
    "svclab.practice.markdown": "markdown-it-py is pure Python and is shipped with the page",
    "svclab.practice.work": "keeps a notebook's state by device.py; the page's scripts do the same",
    "svclab.look": "gives matplotlib the look of the course",
    "svclab.web.host": "sends the browser's modules to JupyterLab by anywidget",
}
BEYOND_BY_NAME = {
    "plots": "draws with matplotlib",
    "tables": "works on pandas tables",
}
ALLOWED = {"simpy", "pulp", "svclab"}
PROVIDED_BY_THE_PAGE = {"svclab_page", "js", "pyodide"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("svclab", include_external_packages=True, cache_dir=None)


def excepted(module: str) -> bool:
    named = any(module == name or module.startswith(name + ".") for name in BEYOND_THE_BROWSER_LINE)
    return named or module.rsplit(".", 1)[-1] in BEYOND_BY_NAME


def test_every_module_imports_only_what_the_page_has_unless_it_is_excepted(
    graph: grimp.ImportGraph,
) -> None:
    wrong = {}
    for module in graph.modules:
        if not module.startswith("svclab") or excepted(module):
            continue
        heads = {name.split(".")[0] for name in graph.find_modules_directly_imported_by(module)}
        foreign = heads - ALLOWED - PROVIDED_BY_THE_PAGE - set(sys.stdlib_module_names)
        if foreign:
            wrong[module] = sorted(foreign)
    assert wrong == {}, "name these modules as exceptions, with a reason, or do without"


def test_every_named_exception_exists_and_says_why() -> None:
    for name, reason in BEYOND_THE_BROWSER_LINE.items():
        path = ROOT / Path(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), name
        assert len(reason) > 15


def test_modules_in_the_page_do_not_import_excepted_ones_when_they_load() -> None:
    """Imports inside functions are allowed: they run where the function is called."""
    graph = grimp.build_graph("svclab", exclude_type_checking_imports=True, cache_dir=None)
    wrong = []
    for module in graph.modules:
        if excepted(module):
            continue
        for target in graph.find_modules_directly_imported_by(module):
            details = graph.get_import_details(importer=module, imported=target)
            at_top = [item for item in details if not item["line_contents"].startswith(" ")]
            if excepted(target) and at_top and not _lazy(module, at_top[0]["line_number"]):
                wrong.append(f"{module} -> {target}")
    assert [pair for pair in wrong if not pair.endswith("svclab.data")] == []


def _lazy(module: str, line: int) -> bool:
    """Whether a line of a module is indented, that is, inside a function."""
    path = ROOT / Path(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return source.read_text(encoding="utf-8").splitlines()[line - 1].startswith((" ", "\t"))


def test_chapters_use_each_other_as_the_catalogue_says(graph: grimp.ImportGraph) -> None:
    """The keys of stored outputs rest on it: a chapter it stands on can change its numbers."""
    packages = {entry.package for entry in CHAPTERS}
    for entry in CHAPTERS:
        home = f"svclab.{entry.package}"
        imported = {
            target.split(".")[1]
            for module in {home, *graph.find_descendants(home)}
            for target in graph.find_modules_directly_imported_by(module)
            if target.startswith("svclab.")
        }
        for cell in load(ROOT / entry.notebook)["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                imported |= set(re.findall(r"from svclab\.(\w+)", source))
                for names in re.findall(r"from svclab import (.+)", source):
                    imported |= {name.strip() for name in names.split(",")}
        assert imported & packages - {entry.package} == set(entry.stands_on), entry.name


def test_layers_hold() -> None:
    """The contracts of import-linter, in pyproject.toml."""
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == EXIT_STATUS_SUCCESS
