"""Tables read the same by people and by programs."""

from benchmarks.rounds import Contestant
from benchmarks.table import Table, timed

TABLE = Table("Wrong", ("contestant", "bills", "share"), [("ours", 20_000, 0.123456), ("theirs", 5, 1234.5)])


def test_people_read_markdown_with_few_digits() -> None:
    assert TABLE.as_markdown().splitlines() == [
        "**Wrong**",
        "",
        "| contestant | bills | share |",
        "| :-- | --: | --: |",
        "| ours | 20,000 | 0.123 |",
        "| theirs | 5 | 1,234 |",
    ]


def test_programs_read_objects_with_all_digits() -> None:
    assert TABLE.as_data() == {
        "title": "Wrong",
        "rows": [
            {"contestant": "ours", "bills": 20_000, "share": 0.123456},
            {"contestant": "theirs", "bills": 5, "share": 1234.5},
        ],
    }


def test_the_first_contestant_is_the_reference() -> None:
    table = timed("Ready", [Contestant("a", int), Contestant("b", int)], rounds=1)

    assert table.title == "Ready (1 rounds)"
    assert [row[0] for row in table.rows] == ["a", "b"]
    assert table.rows[0][-1] == 1
