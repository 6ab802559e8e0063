"""The page about readers names what there is, and its example is a driver that works."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pos_client.card import doctor, doctor_words, words
from pos_client.card.readers import reader_url
from tests.docs.pages import ROOT, blocks, codes_in, first_cells, section

PAGE = "docs/readers.md"


def test_every_code_of_the_card_room_has_a_row() -> None:
    assert set(first_cells(section(PAGE, "Codes"))) == set(words.BY_CODE)


def test_every_address_is_one() -> None:
    written = codes_in(section(PAGE, "Addresses"))
    assert len(written) > 9
    for address in written:
        assert str(reader_url.parse(address)) == address


def test_every_step_of_the_doctor_is_told() -> None:
    assert list(first_cells(section(PAGE, "The card doctor"))) == [
        f"{said.zh} {said.en}" for said in (doctor_words.STEPS[step] for step in doctor.STEPS)
    ]


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The example's package, installed as pip would; the environment that finds it."""
    (module,) = blocks(PAGE, "python")
    (described,) = blocks(PAGE, "toml")
    entries = tomllib.loads(described)["project"]["entry-points"]["pos_client.reader_drivers"]
    (tmp_path / "counterbox_reader.py").write_text(module, encoding="utf-8")
    about = tmp_path / "counterbox_reader-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: counterbox-reader\nVersion: 1.0\n")
    lines = [f"{scheme} = {place}" for scheme, place in entries.items()]
    (about / "entry_points.txt").write_text("\n".join(["[pos_client.reader_drivers]", *lines, ""]))
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    return os.environ | {"PYTHONPATH": path, "POS_CLIENT_HOME": str(tmp_path / "home")}


def pos_client(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pos_client", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_the_example_is_listed_among_the_readers(installed: dict[str, str]) -> None:
    seen = pos_client(installed | {"POS_CLIENT_READER": "counterbox:192.0.2.7"}, "readers").stdout.splitlines()
    assert "? Counter box  counterbox:127.0.0.1" in seen


def test_the_example_reads_its_card(installed: dict[str, str]) -> None:
    read = pos_client(installed, "card", "read", "--reader", "counterbox:127.0.0.1", "--json")
    assert read.returncode == 0, read.stderr
    assert json.loads(read.stdout)["card_number"] == "A00000011"


def test_the_example_without_a_card_says_so(installed: dict[str, str], tmp_path: Path) -> None:
    module = tmp_path / "counterbox_reader.py"
    empty, changed = re.subn(r"    return \{.*?\}\n", "    return None\n", module.read_text(), flags=re.DOTALL)
    assert changed == 1
    module.write_text(empty)
    read = pos_client(installed, "card", "read", "--reader", "counterbox:127.0.0.1")
    assert "(K-11)" in read.stderr
