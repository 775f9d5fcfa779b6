"""``python -m svclab.course`` does what ``svclab`` does."""

from svclab.course.cli import app

app(prog_name="svclab")
