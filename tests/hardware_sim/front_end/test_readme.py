"""The README of the simulator, from which another vendor's engineer works: it names what there is."""

import json
import re
from pathlib import Path

from hardware_sim.front_end.commands import front_end
from hardware_sim.front_end.faults import FAULTS, fault_of_json
from hardware_sim.front_end.tables import tables_of

README = Path("hardware_sim/front_end/README.md")
TEXT = (Path(__file__).parents[3] / README).read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in TEXT.splitlines() if line.startswith("| ")]


def test_every_fault_has_a_row_and_a_line_that_switches_it_on() -> None:
    rows = {row[0].strip("| `"): row[3] for row in ROWS if len(row) == 4 and row[0].startswith("| `")}
    assert set(rows) == set(FAULTS)
    for name, line in rows.items():
        documents = json.loads(line.split("'")[1])["faults"]
        assert [fault_of_json(document).name for document in documents] == [name]


def test_every_transaction_is_in_the_table() -> None:
    told = {infno for row in ROWS for infno in re.findall(r"\b[0-9]{4}\b", row[0])}
    assert told == set(tables_of("base").transactions)


def test_every_option_is_in_the_table() -> None:
    told = {option for row in ROWS for option in re.findall(r"--[a-z-]+", row[0])}
    assert told == {option for parameter in front_end.params for option in parameter.opts}
