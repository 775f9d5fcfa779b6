"""Where the reader is, worked out from a page's HTML, without a built site."""

from __future__ import annotations

from svclab.catalogue import CHAPTERS
from svclab.course.sphinx_ext.wayfinding import before_and_after, counted

PAGE = """<h1>One</h1><p><em>core, 90 minutes</em></p>
<h2>Cells<a class="headerlink" href="#cells">#</a></h2>
<p><em>core, 6 minutes</em></p>
<h3>More</h3><p><em>core, 1 minute</em></p>
<h2>Exercises</h2>
<p><em>extra, at home</em></p><p><em>core, again</em></p>
<h2>Summary</h2>
<p>The end.</p>"""


def test_sections_with_a_time_are_counted_and_nothing_else() -> None:
    page = counted(PAGE)
    assert "<p><em>core, 6 minutes; section 1 of 2</em></p>" in page
    assert "<p><em>extra, at home; section 2 of 2</em></p>" in page
    assert page.count("; section") == 2


def test_a_page_without_such_sections_stays_as_it_is() -> None:
    page = "<h2>Summary</h2>\n<p><em>cored apples</em></p>"
    assert counted(page) == page


def test_a_chapters_head_leaves_its_length_to_the_first_cell() -> None:
    for entry in CHAPTERS:
        assert "hour" not in before_and_after(entry), entry.name


def test_the_last_chapter_names_no_next_one() -> None:
    last = max(CHAPTERS, key=lambda one: one.number)
    assert "Next" not in before_and_after(last)
    assert [one.name for one in CHAPTERS if "Next" not in before_and_after(one)] == [last.name]
