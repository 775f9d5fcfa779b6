"""The tables: valid as a Frictionless Data Package, typed, found everywhere, clear when wrong."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from svclab import data

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data"
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
ORIGINS = {"source", "literature", "inferred", "invented"}


def test_the_package_is_valid_for_frictionless_offline(monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    monkeypatch.chdir(FOLDER)
    report = frictionless.Package("datapackage.json").validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])
    assert report.stats["tasks"] == len(PACKAGE["resources"])


def test_frictionless_would_notice_a_wrong_cell(tmp_path, monkeypatch):
    frictionless = pytest.importorskip("frictionless")
    shutil.copytree(FOLDER, tmp_path / "data")
    monkeypatch.chdir(tmp_path / "data")
    table = Path("clinic.csv")
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",18,source", ",-18,source"), encoding="utf-8")
    assert not frictionless.Package("datapackage.json").validate().valid


def test_every_table_in_the_folder_is_described_and_the_other_way_round():
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(data.names())
    assert all(resource["path"] == f"{resource['name']}.csv" for resource in PACKAGE["resources"])


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda r: r["name"])
def test_every_table_names_source_licence_and_origin(resource):
    assert resource["sources"]
    assert resource["licenses"]
    assert all(source["title"] for source in resource["sources"])
    for field in resource["schema"]["fields"]:
        assert field["description"].endswith((".", "?"))
        if field["type"] == "number" and field["name"] != "value":
            assert field.get("unit"), f"{field['name']} needs a unit"
    columns = {field["name"] for field in resource["schema"]["fields"]}
    assert "origin" in columns
    assert {row["origin"] for row in data.rows(resource["name"])} <= ORIGINS


@pytest.mark.parametrize("name", data.names())
def test_rows_have_the_described_columns_and_types(name):
    kinds = {"string": str, "integer": int, "number": int | float, "boolean": bool}
    table = data.describe(name)
    rows = data.rows(name)
    assert rows
    for row in rows:
        assert list(row) == [column.name for column in table.columns]
        for column in table.columns:
            assert row[column.name] is None or isinstance(row[column.name], kinds[column.type])


@pytest.mark.parametrize("name", data.names())
def test_load_gives_the_rows_as_a_frame(name):
    pd = pytest.importorskip("pandas")
    frame, rows = data.load(name), data.rows(name)
    assert len(frame) == len(rows)
    for column in frame.columns:
        for shown, plain in zip(frame[column], (row[column] for row in rows), strict=True):
            assert pd.isna(shown) if plain is None else shown == plain


def test_rows_are_a_copy_of_ones_own():
    data.rows("clinic")[0]["minutes"] = 99
    assert data.rows("clinic")[0]["minutes"] == 6


def test_describe_names_document_licence_and_units():
    table = data.describe("licence-office")
    assert "003_ad9bb3a58dd157f5.txt" in table.sources[0]
    assert table.licences == ("CC-BY-4.0",)
    assert "seconds [s]" in repr(table)
    assert "<table>" in table._repr_html_()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("license-office", "did you mean 'licence-office'"),
        ("mbl_step", "did you mean 'mbl-steps'"),
        ("xyz", "The tables are archive-project"),
        ("my/own.csv", "read_csv_rows"),
        ("../datapackage.json", "there is no table"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(wrong, hint):
    with pytest.raises(ValueError, match=hint):
        data.rows(wrong)


def test_a_name_must_be_text():
    with pytest.raises(TypeError, match="name=3"):
        data.rows(3)


def write(folder, text, encoding="utf-8"):
    path = folder / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


COLUMNS = {"step": str, "seconds": float, "workers": int, "open": bool}


def test_an_own_table_is_read_with_its_types_and_further_columns(tmp_path):
    path = write(tmp_path, "step,seconds,workers,open,remark\n取号,4.5,2,TRUE,\n\npay,30,1,no!\n")
    path.write_text(path.read_text(encoding="utf-8").replace("no!", "false,later"), "utf-8")
    assert data.read_csv_rows(path, COLUMNS) == [
        {"step": "取号", "seconds": 4.5, "workers": 2, "open": True, "remark": ""},
        {"step": "pay", "seconds": 30, "workers": 1, "open": False, "remark": "later"},
    ]


def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm(tmp_path):
    path = write(tmp_path, "\ufeffstep,seconds\r\n取号,4\r\n")
    rows = data.read_csv_rows(path, {"step": str, "seconds": float})
    assert rows == [{"step": "取号", "seconds": 4}]


def test_optional_columns_may_be_missing_or_empty(tmp_path):
    path = write(tmp_path, "step,seconds\nqueue,\n")
    rows = data.read_csv_rows(
        path, {"step": str, "seconds": float, "workers": int}, optional=("seconds", "workers")
    )
    assert rows == [{"step": "queue", "seconds": None, "workers": None}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("step,workers,open\na,1,true\n", "no column 'seconds'"),
        ("step;seconds;workers;open\na;1;1;true\n", "commas, not by semicolons"),
        ("step,seconds,workers,open\na,x,1,true\n", "line 2, column 'seconds': 'x'"),
        ("step,seconds,workers,open\na,1,1,true\nb,2,1.5,true\n", "line 3, column 'workers'"),
        ("step,seconds,workers,open\na,nan,1,true\n", "column 'seconds': 'nan'"),
        ("step,seconds,workers,open\na,1e999,1,true\n", "column 'seconds'"),
        ("step,seconds,workers,open\na,inf,1,true\n", "column 'seconds': 'inf'"),
        ("step,seconds,workers,open\na,1,1,maybe\n", "true or false"),
        ('step,seconds,workers,open\na,"1,000",1,true\n', "no thousands mark"),
        ("step,seconds,workers,open\na,1,000,1,true\n", "5 cells for 4 columns"),
        ("step,seconds,workers,open\n,1,1,true\n", "column 'step' is empty"),
        ('step,seconds,workers,open\n"a"b,1,1,true\n', "line 2: not a CSV file"),
        ("step,step,seconds,workers,open\n", "given twice"),
        ("", "is empty"),
    ],
)
def test_a_wrong_own_table_names_the_place(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        data.read_csv_rows(write(tmp_path, text), COLUMNS)


def test_an_own_table_in_another_encoding_is_told_how_to_save(tmp_path):
    path = write(tmp_path, "step,seconds\n取号,4\n", encoding="gbk")
    with pytest.raises(ValueError, match="CSV UTF-8"):
        data.read_csv_rows(path, {"step": str})


def test_an_own_table_is_bounded_in_rows_and_bytes(tmp_path):
    path = write(tmp_path, "n\n" + "1\n" * 30)
    assert len(data.read_csv_rows(path, {"n": int}, max_rows=30)) == 30
    with pytest.raises(ValueError, match="more than 29 rows"):
        data.read_csv_rows(path, {"n": int}, max_rows=29)
    with pytest.raises(ValueError, match="larger than 20 bytes"):
        data.read_csv_rows(path, {"n": int}, max_bytes=20)


def test_wrong_arguments_for_an_own_table_are_told(tmp_path):
    path = write(tmp_path, "n\n1\n")
    with pytest.raises(ValueError, match="use str, int, float or bool"):
        data.read_csv_rows(path, {"n": list})
    with pytest.raises(ValueError, match="optional='m'"):
        data.read_csv_rows(path, {"n": int}, optional=("m",))
    with pytest.raises(FileNotFoundError, match="check the name"):
        data.read_csv_rows(tmp_path / "none.csv", {"n": int})


def ask(place, folder):
    """Run data.py as it lies in a place, in a Python of its own, without pandas."""
    code = (
        "import sys; from svclab import data;"
        "print(data.__file__); print(len(data.rows('clinic')), 'pandas' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(place)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.split("\n"), answer.stderr


def lay_out(folder, tables):
    package = folder / "svclab"
    package.mkdir()
    for name in ("__init__.py", "data.py"):
        shutil.copy(ROOT / "svclab" / name, package / name)
    if tables:
        shutil.copytree(FOLDER, folder / tables)


@pytest.mark.parametrize("tables", ["svclab/_data", "data"])
def test_the_tables_are_found_in_an_installed_package_and_beside_a_checkout(tmp_path, tables):
    lay_out(tmp_path, tables)
    (file, answer, *_), problems = ask(tmp_path, tmp_path)
    assert Path(file).is_relative_to(tmp_path), problems
    assert answer == "5 False"


def test_the_tables_are_found_in_a_zip_file_as_the_page_gets_them(tmp_path):
    lay_out(tmp_path, "svclab/_data")
    archive = tmp_path / "svclab.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in sorted((tmp_path / "svclab").rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                zipped.write(path, path.relative_to(tmp_path))
    (tmp_path / "empty").mkdir()
    (file, answer, *_), problems = ask(archive, tmp_path / "empty")
    assert file.startswith(str(archive)), problems
    assert answer == "5 False"


def test_missing_tables_are_told(tmp_path):
    lay_out(tmp_path, None)
    _, problems = ask(tmp_path, tmp_path)
    assert "the course's tables are missing" in problems
