"""Keeps the window's translations up to date with its words, through Qt's own tools.

``python -m rehearsal translations`` after a word was added or changed: it updates ``pos_en.ts``, says which words want
English, and compiles what the window loads. The English is written into the .ts file, by hand or with Qt Linguist.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree  # our own files

import click

import pos_client.ui

FOLDER = Path(pos_client.ui.__file__).parent
SOURCE = FOLDER / "translations" / "pos_en.ts"
COMPILED = SOURCE.with_suffix(".qm")


def update(source: Path = SOURCE) -> None:
    """Brings the words of the window into the file: new ones without English, old ones gone."""
    words = sorted(str(file) for file in (FOLDER / "words").glob("*.py"))
    languages = ("-source-language", "zh_CN", "-target-language", "en")
    _tool("pyside6-lupdate", *words, "-ts", str(source), *languages, "-no-obsolete", "-locations", "none")


def compile_to(compiled: Path, source: Path = SOURCE) -> None:
    """Writes what the window loads."""
    _tool("pyside6-lrelease", str(source), "-qm", str(compiled), "-silent")


def english(source: Path = SOURCE) -> dict[str, str]:
    """Every word with its English, empty where it is wanting."""
    found = {}
    for message in ElementTree.parse(source).iter("message"):  # noqa: S314 (a file of this project)
        said = message.find("translation")
        finished = said is not None and said.get("type") != "unfinished"
        found[message.findtext("source", "")] = (
            "".join(said.itertext()).strip() if said is not None and finished else ""
        )
    return found


def run() -> int:
    """Updates and compiles; exit code 1 while words want English."""
    update()
    compile_to(COMPILED)
    wanting = [word for word, said in english().items() if not said]
    for word in wanting:
        click.echo(f"no English yet: {word}")
    return 1 if wanting else 0


def _tool(name: str, *arguments: str) -> None:
    command: Sequence[str] = (str(Path(sys.executable).with_name(name)), *arguments)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=FOLDER)
