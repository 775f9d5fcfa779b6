"""Files of time stamps: read however a spreadsheet saved them, and every mistake named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity import measuring
from svclab.capacity.measuring import clocks, decoding
from svclab.capacity.measuring.example import COLUMNS, example_csv
from svclab.capacity.measuring.observation import Observation, Visit

ROOT = Path(__file__).resolve().parents[3]
PLAIN = "arrived,started,left\n12:00:00,12:00:10,12:01:00\n12:00:30,12:01:00,12:02:05\n"


def times(watch: Observation) -> list[tuple[float | None, float | None, float | None]]:
    return [(v.arrived, v.started, v.left) for v in watch.visits]


NOON = 43_200.0
EXPECTED = [(NOON, NOON + 10, NOON + 60), (NOON + 30, NOON + 60, NOON + 125)]


def write(folder: Path, content: bytes) -> Path:
    path = folder / "mine.csv"
    path.write_bytes(content)
    return path


def test_the_course_table_is_what_the_example_writes() -> None:
    stored = (ROOT / "data" / "canteen-noon.csv").read_text(encoding="utf-8")
    assert stored == example_csv(origin=True)


def test_the_example_has_the_columns_that_the_field_kit_writes() -> None:
    script = (ROOT / "svclab/web/fieldkit-session.mjs").read_text(encoding="utf-8")
    header = next(line for line in script.splitlines() if line.startswith("const HEADER"))
    assert header == "const HEADER = [" + ", ".join(f'"{name}"' for name in COLUMNS) + "];"


@pytest.mark.parametrize(
    ("encoding", "mark", "note"),
    [
        ("utf-8", b"", ""),
        ("utf-8", b"\xef\xbb\xbf", ""),
        ("gb18030", b"", "GB18030"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
    ],
)
def test_chinese_headers_in_every_encoding_of_excel(
    tmp_path: Path, encoding: str, mark: bytes, note: str
) -> None:
    text = PLAIN.replace("arrived,started,left", "到达时间,开始,离开").replace("\n", "\r\n")
    watch = measuring.read_observation(write(tmp_path, mark + text.encode(encoding)))
    assert times(watch) == EXPECTED
    assert (note in watch.notes[0]) if note else ("The text" not in watch.notes[0])


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_commas_semicolons_and_tabs(mark: str, first: str) -> None:
    text = first.format(mark) + PLAIN.replace(",", mark)
    assert times(measuring.parse_observation(text)) == EXPECTED


def test_a_western_european_file_with_umlauts_is_read(tmp_path: Path) -> None:
    text = PLAIN.replace("left", "left,place").replace(":00\n", ":00,Café\n", 1)
    watch = measuring.read_observation(
        write(tmp_path, text.replace(":05", ":05,").encode("cp1252"))
    )
    assert watch.place == "Café"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:03:05", 43_385.0),
        ("12:03", 43_380.0),
        ("9:03:05", 32_585.0),
        ("12:03:05.25", 43_385.25),
        ("12:03:05,25", 43_385.25),
        ("12：03：05", 43_385.0),
        ("1:03:05 PM", 46_985.0),
        ("12:03:05 AM", 185.0),
        ("下午1:03:05", 46_985.0),
        ("上午 9:03", 32_580.0),
        ("2026-11-21 12:03:05", 43_385.0),
        ("2026/11/21 12:03", 43_380.0),
        ("2026-11-21T12:03:05Z", 43_385.0),
        ("2026-11-21T12:03:05+08:00", 43_385.0),
        ("21.11.2026 12:03:05", 43_385.0),
        ("2026年11月21日 12:03:05", 43_385.0),
    ],
)
def test_times_as_people_and_programs_write_them(text: str, seconds: float) -> None:
    stamp = clocks.parse_stamp(text)
    assert isinstance(stamp, clocks.Stamp)
    assert stamp.seconds == seconds
    assert str(stamp.day) == ("2026-11-21" if "2026" in text else "None")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("25:00:00", "hours go to 23"),
        ("12:60", "hours go to 23"),
        ("13:00 PM", "write one or the other"),
        ("03:05.2", "minutes and seconds without the hour"),
        ("0.5020", "say what the numbers count by unit="),
        ("43385", "say what the numbers count by unit="),
        ("noon", "write 12:03:05"),
        ("31.02.2026 12:00", "date that cannot be read"),
        ("1" * 500, "too long"),
        ("=cmd|'/C'!A1", "is not a time"),
    ],
)
def test_what_is_no_time_is_told_with_what_to_do(text: str, hint: str) -> None:
    said = clocks.parse_stamp(text)
    assert isinstance(said, str)
    assert hint in said


def test_day_and_month_are_told_apart_or_asked_for() -> None:
    assert str(clocks.parse_date("03/04/2026")) == "2026-04-03"
    assert str(clocks.parse_date("03/04/2026", month_first=True)) == "2026-03-04"
    assert str(clocks.parse_date("03/25/2026")) == "2026-03-25"
    assert clocks.parse_date("13/13/2026") is None


@pytest.mark.parametrize(
    ("unit", "scale"), [("seconds", 1.0), ("minutes", 1 / 60), ("days", 1 / 86_400)]
)
def test_plain_numbers_are_taken_once_their_unit_is_said(unit: str, scale: float) -> None:
    cells = [[f"{t * scale:.9f}" for t in row] for row in [(0, 30, 90), (60, 90, 150)]]
    text = "arrived,started,left\n" + "\n".join(map(",".join, cells))
    found = times(measuring.parse_observation(text, unit=unit))
    assert found == [(0.0, 30.0, 90.0), (60.0, 90.0, 150.0)]


def test_every_mistake_is_named_by_line_and_column_at_once() -> None:
    text = (
        "customer,arrived,started,left,outcome,servers_open\n"
        "1,12:00,12:01,12:02,served,2\n"
        "2,12:0x,12:01,12:02,served,2\n"
        "3,12:05,12:04,12:06,served,2\n"
        "4,12:05,12:06,12:07,fled,2\n"
        "5,12:05,12:06,12:07,gave up,2\n"
        "6,12:05,,,gave up,two\n"
        "7,,,,,2\n"
        "8,12:05,12:06,12:07,served,2,9\n"
    )
    with pytest.raises(measuring.FileError) as caught:
        measuring.parse_observation(text, where="mine.csv")
    first, *others = str(caught.value).splitlines()
    assert first == f"mine.csv: {len(others)} mistakes to mend"
    for line, words in [
        (3, "column arrived: '12:0x' is not a time"),
        (5, "column outcome: 'fled' is unknown: write served, balked"),
        (7, "column servers_open: 'two'"),
        (9, "7 cells for 6 columns"),
    ]:
        assert any(f"line {line}" in one and words in one for one in others), (line, words)
    # What can only be seen in whole rows comes once the cells are right.
    mended = text.replace("12:0x", "12:00").replace("fled", "served").replace("two", "2")
    with pytest.raises(measuring.FileError) as caught:
        measuring.parse_observation(mended.replace(",9\n", "\n"))
    said = "\n".join(caught.value.mistakes)
    assert "line 4, column started: '12:04:00' is before 12:05:00 in column arrived" in said
    assert "line 6, column outcome: 'gave up' does not fit a row with a time in column sta" in said
    assert "line 7, column outcome: 'gave up' needs a time in column left" in said
    assert "line 8 has no time at all" in said


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "is empty"),
        ("arrived,started\n", "no customer below the first line"),
        ("when,what\n12:00,x\n", "must name the columns arrived"),
        ("arrived,arrival,left\n12:00,12:00,12:05\n", "both mean arrived"),
        ('arrived,left\n"12:00,12:05\n', "quotation mark"),
        ("arrived,left\n12:00,12:05\n", "say servers="),
        ("arrived,started\n12:00,\n", "all times are the same"),
        ("arrived,started,left\n,12:00,12:05\n", "no row has a time of arrival"),
        (
            "date,arrived,started,left\n2026-11-21,12:00,12:01,12:02\n2026-11-25,9:00,9:01,9:02\n",
            "choose one by date='2026-11-21'",
        ),
        (
            "date,arrived,started,left\n2026-11-21,12:00,12:01,12:02\n,12:05,12:06,12:07\n",
            "line 3 has no date",
        ),
        ("arrived,started,left\n2026-11-21T12:00Z,2026-11-21T12:01+08:00,\n", "time zones"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_what_to_do(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint.replace("(", "\\(")):
        measuring.parse_observation(text)


def test_workbooks_binary_and_large_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a workbook, not a CSV file"):
        measuring.read_observation(write(tmp_path, b"PK\x03\x04rest"))
    with pytest.raises(ValueError, match="holds zero bytes"):
        measuring.read_observation(write(tmp_path, b"arrived,left\n\0\0"))
    with pytest.raises(ValueError, match="larger than 4,000,000 bytes"):
        measuring.read_observation(write(tmp_path, b"x" * (decoding.MAX_BYTES + 1)))
    row = "12:00:00,12:00:10,12:01:00\n"
    with pytest.raises(ValueError, match="more than 20,000 rows"):
        measuring.parse_observation("arrived,started,left\n" + row * 20_001)
    with pytest.raises(FileNotFoundError, match="check the name"):
        measuring.read_observation(tmp_path / "none.csv")


@given(content=st.binary(max_size=300))
@settings(max_examples=150)
def test_whatever_bytes_come_the_answer_is_a_value_error(content: bytes) -> None:
    try:
        text, _ = decoding.decode(content, "x.csv")
        measuring.parse_observation("arrived,started,left\n" + text)
    except ValueError:
        return
    assert text


cell = st.sampled_from(
    ["", "12:00", "12:00:01", "x", "=1", "2026-11-21", '"', "24:00:00", "服务", "9" * 50, "\x1b[2J"]
)


@given(rows=st.lists(st.lists(cell, min_size=1, max_size=5), max_size=6))
@settings(max_examples=200)
def test_whatever_cells_come_the_answer_is_a_watch_or_a_value_error(rows: list[list[str]]) -> None:
    text = "arrived,started,left,outcome\n" + "\n".join(map(",".join, rows))
    said, visits = "", ()
    try:
        watch = measuring.parse_observation(text, servers=2)
        visits = watch.visits
    except ValueError as error:
        said = str(error)
    assert "\x1b" not in said  # no letter that steers a terminal
    for v in visits:
        known = [m for m in (v.arrived, v.started, v.left) if m is not None]
        assert known == sorted(known)
        assert v.arrived is None or watch.began <= v.arrived <= watch.ended


def test_times_without_dates_go_past_midnight() -> None:
    text = (
        "arrived,started,left\n23:58:00,23:59:00,00:01:00\n23:59:30,00:01:00,00:02:00\n"
        "00:03:00,00:03:00,00:04:00\n"
    )
    assert times(measuring.parse_observation(text)) == [
        (86_280.0, 86_340.0, 86_460.0),
        (86_370.0, 86_460.0, 86_520.0),
        (86_580.0, 86_580.0, 86_640.0),
    ]


def test_a_day_is_chosen_from_a_file_that_holds_several() -> None:
    text = "date,arrived,started,left\n" + "".join(
        f"2026-11-{day},12:00:00,12:00:0{day % 10},12:01:00\n" for day in (21, 23, 25)
    )
    watch = measuring.parse_observation(text, date="2026-11-23")
    assert (watch.date, watch.waits.seconds) == ("2026-11-23", (3.0,))


def test_outcomes_are_told_from_the_times_where_the_file_has_none() -> None:
    text = "arrived,started,left\n12:00,12:01,12:02\n12:00,,12:05\n12:01,,\n12:01,12:03,\n"
    watch = measuring.parse_observation(text)
    assert [v.outcome for v in watch.visits] == ["served", "gave up", "waiting", "in service"]


def test_what_excel_does_to_a_field_kits_file_changes_no_figure(tmp_path: Path) -> None:
    """Opened and saved: no seconds lost, other dates, semicolons, GB18030 and no byte mark."""
    saved = example_csv().replace("2026-10-14", "2026/10/14")
    lines = saved.replace('"Canteen 2, noodle counter (invented)"', "食堂").replace(",", ";")
    watch = measuring.read_observation(write(tmp_path, lines.encode("gb18030")))
    kept = measuring.parse_observation(example_csv())
    assert watch.visits == kept.visits
    assert replace(watch, place="", notes=()) == replace(kept, place="", notes=())


def test_lost_seconds_are_noticed() -> None:
    text = "arrived,started,left\n12:00,12:01,12:02\n12:01,12:02,12:03\n"
    watch = measuring.parse_observation(text, servers=1)
    assert watch.resolution == 60
    assert any(note.startswith("The times have no seconds") for note in watch.notes)


def test_doubts_about_a_file_are_said() -> None:
    text = (
        "customer,arrived,started,left,server\n"
        "1,12:00:00,12:00:00,12:05:00,A\n2,12:01:00,12:01:00,12:02:00,A\n"
        "2,12:03:00,12:05:00,12:06:00,A\n"
    )
    said = " ".join(measuring.parse_observation(text, servers=1).notes)
    assert "2 customers were in service at once, with 1 server on duty" in said
    assert "Server A has two customers at once for 60 s from line 3 on" in said
    assert "customer number" in said
    assert "does not say how many servers" in " ".join(measuring.parse_observation(text).notes)


def test_rows_and_file_give_the_same_watch() -> None:
    from svclab.data import rows

    text = (ROOT / "data" / "canteen-noon.csv").read_text(encoding="utf-8")
    by_rows = measuring.from_rows(rows("canteen-noon"))
    by_file = measuring.parse_observation(text)
    bare = [[replace(v, line=0) for v in watch.visits] for watch in (by_rows, by_file)]
    assert bare[0] == bare[1]


def test_a_visits_times_are_its_own() -> None:
    visit = Visit(arrived=None, started=5.0, left=9.0)
    assert (visit.wait, visit.service) == (None, 4.0)
