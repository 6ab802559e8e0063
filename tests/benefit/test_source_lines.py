from pos_client.benefit.source_lines import SourceLines

SOURCE = """\
schema = 1                       # line 1

[policy]
id = "somewhere"
"title" = "…"

[[benefit]]
id = "first"
[benefit.deductible]
per = "visit"
amount = [
  { when = { level = 1 }, value = 300 },
  { when = { level = 2 }, value = 600 },
]
[[benefit.layer]]
fund = "pool"
[[benefit.layer.segment]]
to = 5000
[[benefit.layer.segment]]
pay = 90
[[benefit]]
id = "second"
deductible = { per = "none" }
[[benefit.layer]]
[[benefit.layer.segment]]
pay = 80
"""
LINES = SourceLines(SOURCE)


def test_a_key_is_found_where_it_stands() -> None:
    assert LINES.line_of(("schema",)) == 1
    assert LINES.line_of(("policy", "title")) == 5
    assert LINES.line_of(("benefit", 0, "id")) == 8


def test_tables_of_one_name_are_told_apart() -> None:
    assert LINES.line_of(("benefit", 0, "layer", 0, "segment", 0, "to")) == 18
    assert LINES.line_of(("benefit", 0, "layer", 0, "segment", 1, "pay")) == 20
    assert LINES.line_of(("benefit", 1, "layer", 0, "segment", 0, "pay")) == 26


def test_a_key_inside_an_inline_table_is_looked_for_after_its_beginning() -> None:
    assert LINES.line_of(("benefit", 0, "deductible", "amount", 0, "when", "level")) == 12
    assert LINES.line_of(("benefit", 1, "deductible", "per")) == 23


def test_what_is_missing_points_to_what_it_is_missing_from() -> None:
    assert LINES.line_of(("benefit", 1, "account_pays")) == 21
    assert LINES.line_of(("rounding",)) == 1
    assert LINES.line_of(("benefit", 0, "deductible", "amount", 1)) == 11
