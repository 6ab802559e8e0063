"""Output nodes in the shape of the edition: exactly its fields, in its order, none missing that it promises."""

from collections.abc import Iterable, Mapping

from .office import Office


class IncompleteAnswer(Exception):
    """The simulator would have left out a field that the edition calls never empty: a mistake of ours."""


def shape(office: Office, infno: str, node: str, values: Mapping[str, object]) -> dict[str, object]:
    """One object of an output node: the fields of the edition's table; what it does not know is left out."""
    table = office.tables.transactions[infno].outputs[node]
    shaped = {name: values.get(name) for name in table.fields}
    missing = [field.name for field in table.required if shaped[field.name] is None]
    if missing:
        raise IncompleteAnswer(f"{infno} {node}: {', '.join(missing)}")
    return shaped


def shape_rows(office: Office, infno: str, node: str, rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """A list node."""
    return [shape(office, infno, node, row) for row in rows]
