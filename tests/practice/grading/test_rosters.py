"""The class list, as instructors have it: any encoding, any spreadsheet, damaged by either."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from svclab.practice.grading.problems import GradingError
from svclab.practice.grading.roster import read_roster

CHINESE = "学号,姓名,班级\n20260417,张三,一班\n20260418,李四,一班\n"


def written(folder: Path, content: bytes, name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def xlsx(path: Path, rows: list[list[str | float]]) -> Path:
    """A spreadsheet as small as one can be: numbers as numbers, text as text."""
    lines = []
    for row in rows:
        cells = [
            f"<c><v>{cell}</v></c>"
            if isinstance(cell, float | int)
            else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for cell in row
        ]
        lines.append(f"<row>{''.join(cells)}</row>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    relations = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    types = f'<Types xmlns="{package}/content-types"></Types>'
    top = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", top)
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_chinese_roster_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    roster = read_roster(written(tmp_path, CHINESE.encode(encoding)))
    assert [(one.id, one.name, one.section) for one in roster.students] == [
        ("20260417", "张三", "一班"),
        ("20260418", "李四", "一班"),
    ]
    assert roster.findings == ()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "sep={}\n"])
def test_the_delimiter_is_found(tmp_path: Path, sign: str, before: str) -> None:
    text = before.format(sign) + f'Student ID{sign}Name\nA1{sign}"Lovelace, Ada"\n'
    (student,) = read_roster(written(tmp_path, text.encode())).students
    assert (student.id, student.name) == ("A1", "Lovelace, Ada")


def test_a_spreadsheet_with_a_title_above_its_column_names(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [["2026 autumn"], ["姓名", "学号"], ["张三", 20260417.0]]
    roster = read_roster(xlsx(tmp_path / "roster.xlsx", rows))
    assert [(one.id, one.name) for one in roster.students] == [("20260417", "张三")]


def test_a_file_that_only_calls_itself_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"roster\.xlsx cannot be read as a spreadsheet"):
        read_roster(written(tmp_path, b"id,name\n1,2\n", "roster.xlsx"))


def test_canvas_gradebook_as_a_roster(tmp_path: Path) -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (12)\n"
        "    Points Possible,,,,,10\n"
        '"Lovelace, Ada",7001,2026-0417,ada,Lab 1,9\n'
        '"Student, Test",7002,,x,Lab 1,\n'
    )
    roster = read_roster(written(tmp_path, text.encode()))
    (student,) = roster.students
    assert (student.id, student.canvas, student.login) == ("2026-0417", "7001", "ada")
    assert roster.findings == ()


def test_canvas_gradebook_of_somebody_who_may_not_see_sis_numbers(tmp_path: Path) -> None:
    text = "Student,ID,SIS Login ID,Section\nAda,7001,2026-0417,Lab 1\n"
    (student,) = read_roster(written(tmp_path, text.encode())).students
    assert (student.id, student.canvas) == ("2026-0417", "7001")


def test_moodle_grading_worksheet_as_a_roster(tmp_path: Path) -> None:
    text = (
        "Identifier,Full name,ID number,Email address,Status,Last modified (submission)\n"
        'Participant 4711,Ada Lovelace,2026-0417,ada@x.cn,ok,"Wednesday, 10 June 2026, 2:14 PM"\n'
        "Participant 4712,Alan Turing,2026-0418,alan@x.cn,none,-\n"
    )
    first, second = read_roster(written(tmp_path, text.encode("utf-8-sig"))).students
    assert (first.moodle, first.email) == ("4711", "ada@x.cn")
    assert first.submitted == "Wednesday, 10 June 2026, 2:14 PM"
    assert second.submitted == ""


def findings(tmp_path: Path, text: str) -> tuple[Any, str]:
    roster = read_roster(written(tmp_path, text.encode()))
    return roster.students, "\n".join(one.sentence for one in roster.findings)


def test_duplicates_and_empty_numbers_are_named_by_row(tmp_path: Path) -> None:
    students, said = findings(tmp_path, "id,name\nA1,Ada\n,Nobody\nａ1,Ada again\n")
    assert [one.name for one in students] == ["Ada"]
    assert "Row 3" in said
    assert "Nobody" in said
    assert "Row 4: ａ1 stands in row 2 too" in said


def test_a_number_in_scientific_notation_is_read_if_nothing_is_lost(tmp_path: Path) -> None:
    students, said = findings(tmp_path, "id,name\n2.0260417E7,Ada\n")
    assert students[0].id == "20260417"
    assert "it is read as 20260417" in said


def test_a_number_that_has_lost_digits_is_not_guessed(tmp_path: Path) -> None:
    students, said = findings(tmp_path, "id,name\n2.02604E+11,Ada\n")
    assert students[0].id == "2.02604E+11"
    assert "lost its last digits" in said


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_reported(tmp_path: Path) -> None:
    _, said = findings(tmp_path, "id,name\n202604170000123000,Ada\n")
    assert "spreadsheets keep 15 digits only" in said


def test_numbers_without_their_zeros_are_reported(tmp_path: Path) -> None:
    text = "id,name\n00010417,A\n00010418,B\n00010419,C\n10420,D\n"
    students, said = findings(tmp_path, text)
    assert len(students) == 4
    assert "10420 has 5 digits, most others have 8" in said


def test_a_trailing_point_zero_is_dropped(tmp_path: Path) -> None:
    students, said = findings(tmp_path, "id,name\n20260417.0,Ada\n")
    assert (students[0].id, said) == ("20260417", "")


def test_a_roster_without_numbers_names_what_it_has_and_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"first row: Name, Mark.*“student id” or “学号”"):
        read_roster(written(tmp_path, b"Name,Mark\nAda,1\n"))


@pytest.mark.parametrize("content", [b"id,name\n", b"", b"\x89PNG\0\0\xff"])
def test_what_is_no_roster_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(GradingError):
        read_roster(written(tmp_path, content))


def test_a_missing_roster_is_named(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="There is no file"):
        read_roster(tmp_path / "none.csv")
