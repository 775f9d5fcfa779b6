"""The numbers of a worked solution, as a student would type them from it."""

from __future__ import annotations

import re

NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?"


def bold_numbers(text: str) -> list[str]:
    """What stands in bold and begins with a digit, without its unit and without thousands."""
    return [found.replace(",", "") for found in re.findall(rf"\*\*({NUMBER})[^*]*\*\*", text)]


def printed_numbers(text: str) -> list[str]:
    """All numbers outside code, each once, without the comma between thousands."""
    plain = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)
    found = re.findall(rf"(?<![\w.,]){NUMBER}(?!\w)", plain)
    return list(dict.fromkeys(number.replace(",", "").rstrip(".") for number in found))
