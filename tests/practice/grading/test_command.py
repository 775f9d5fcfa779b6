"""`svclab grade` from the command line, with worker processes as they are really started."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from svclab.course.cli import app
from svclab.practice.grading import template

RUN = CliRunner()


def test_the_template_is_printed_and_is_a_rules_file(tmp_path: Path) -> None:
    shown = RUN.invoke(app, ["grade", "--rules-template"])
    assert shown.exit_code == 0
    assert shown.stdout == template()


def test_what_cannot_be_used_is_said_in_one_sentence(course: Any) -> None:
    bad = course.rules("[late]\npercent = 3")
    roster = course.roster("id\nA1\n")
    options = ["--roster", str(roster), "--rules", str(bad), "--out", str(course.out)]
    shown = RUN.invoke(app, ["grade", str(course.submissions), *options])
    assert shown.exit_code == 1
    assert "'late.percent' is no rule" in " ".join(shown.output.split())
    assert "Traceback" not in shown.output


def test_grading_works_as_a_program_of_its_own_with_two_processes(course: Any) -> None:
    course.hand_in("a.ipynb", json.dumps({"cells": []}).encode())
    course.hand_in("b.json", b"no")
    roster = course.roster("id,name\nA1,张三\n")
    command = [sys.executable, "-m", "svclab.course", "grade", str(course.submissions)]
    command += ["--roster", str(roster), "--out", str(course.out), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 files, 0 of 1 students with answers." in done.stdout
    assert "张三" in course.report
    assert course.table("attention.csv")[0]["what"] == "File that could not be read"


def test_a_folder_for_grades_that_cannot_be_made_is_named(course: Any) -> None:
    roster = course.roster("id\nA1\n")
    blocked = course.folder / "file"
    blocked.write_text("x")
    options = ["--roster", str(roster), "--out", str(blocked), "--jobs", "0"]
    shown = RUN.invoke(app, ["grade", str(course.submissions), *options])
    assert shown.exit_code == 1
    assert "cannot be written" in " ".join(shown.output.split())
