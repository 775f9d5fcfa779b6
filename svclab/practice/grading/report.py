"""The instructor's page: one file, no script, nothing asked of any other host."""

from __future__ import annotations

from importlib.resources import files

from svclab.practice.grading import report_sections as sections
from svclab.practice.grading.markup import Html, join, tag
from svclab.practice.grading.report_sections import Report

__all__ = ["Report", "report_html"]

# The browser itself then refuses any script and any request.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_html(report: Report) -> bytes:
    """The page.

    Parameters
    ----------
    report : Report
        What it tells.
    """
    title = f"{report.rules.title}: grading report"
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    head = join(
        [
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
            tag("title", title),
            Html(f"<style>\n{style}</style>"),
        ]
    )
    body = tag(
        "main",
        tag("h1", report.rules.title),
        tag("p", "Grading report for the instructor.", class_="soft"),
        sections.figures(report),
        sections.needs_an_eye(report),
        sections.totals(report),
        sections.items(report),
        sections.held(report),
        sections.objectives(report),
        sections.missing(report),
        sections.how(report),
    )
    top = f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n'
    page = f"{top}<body>\n{body}\n</body>\n</html>\n"
    return page.encode("utf-8", "replace")
