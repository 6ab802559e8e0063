"""The documents as tests read them: pages, tables, blocks of code."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "benchmarks/README.md", *ROOT.glob("hardware_sim/**/*.md")]
)

_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    """What stands under a heading, up to the next one."""
    _, _, rest = text_of(page).partition(f"# {title}\n")
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(part: str) -> Iterator[str]:
    """The first cell of every row of the tables in a text, without heads."""
    rows = [line for line in part.splitlines() if line.startswith("| ")]
    below = part.splitlines()
    for line in rows:
        following = below[below.index(line) + 1 :]
        if not (following and following[0].startswith("|---")):
            yield line.split(" | ")[0].strip("| ")


def codes_in(part: str) -> set[str]:
    """Everything between backticks in the first cells of a text's tables."""
    return {code for cell in first_cells(part) for code in re.findall(r"`([^`]+)`", cell)}


def blocks(page: str, language: str) -> list[str]:
    """The blocks of code of a page in a language."""
    return [body for _, said, body in _BLOCK.findall(text_of(page)) if said == language]
