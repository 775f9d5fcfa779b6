"""One look for all matplotlib figures of the course: palette, type and size.

The palette is that of Okabe and Ito (2008), which readers with a colour-vision deficiency can
tell apart; it is the same on the page, where the style sheet holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager

__all__ = ["COLORS", "INK", "LINE", "QUIET", "style"]

COLORS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
}
INK = "#1d2733"
QUIET = "#5a6675"
LINE = "#c8d0d9"

# The first of these that the machine has draws Chinese; all are wide-spread.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
)


@contextmanager
def style() -> Iterator[None]:
    """Draw inside this, and the figure looks like the rest of the course.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> with style():
    ...     figure, ax = plt.subplots()
    >>> plt.close(figure)
    """
    # Choosing the backend switches Jupyter's drawing on; inside rc_context it would be undone.
    plt.switch_backend(mpl.get_backend())
    installed = set(font_manager.get_font_names())
    families = ["DejaVu Sans", *[name for name in CHINESE_FONTS if name in installed][:1]]
    with mpl.rc_context(
        {
            "font.family": families,
            "font.size": 11,
            "axes.edgecolor": LINE,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=list(COLORS.values())),
            "text.color": INK,
            "xtick.color": QUIET,
            "ytick.color": QUIET,
            "grid.color": LINE,
            "figure.dpi": 110,
            "savefig.bbox": "tight",
            "figure.figsize": (8, 3.2),
        }
    ):
        yield
