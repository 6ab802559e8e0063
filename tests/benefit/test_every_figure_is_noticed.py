"""A figure that is wrong by one yuan, one per cent or one day must be seen: by a vector, or when the file is loaded."""

import dataclasses
import functools
import json
from typing import Any, Final, NamedTuple

import pytest

from pos_client.benefit import PolicyLibrary, split_records
from pos_client.benefit.policy_file import PolicyFile, PolicyFileProblem
from pos_client.benefit.shapes import Fault
from pos_client.errors import OurBug
from tests.benefit.figure_changes import NOT_READ, READ, Change, changes, library_with, with_file
from tests.benefit.policies import SHIPPED
from tests.benefit.vector_files import VECTORS

#: The files of all places, and of the floor that they include.
FILES: Final = {
    f"{file.id} {file.valid_from}": file
    for name in SHIPPED.ids()
    for file in SHIPPED.versions(name)
    if file.document.keys() & {"benefit", "exclusion"}
}
#: Of the scheme of 2000 the percentages are not handed down: its benefit always holds, so no bill meets its figures.
NEVER_PAYS: Final = "jiangsu-city 2001-01-01"

NOBODY: Final = "nobody"
AT_LOAD: Final = "the load"
#: The form of the file itself, which knows one value only.
FORM: Final = {"schema", "rounding.unit"}
#: Levels whose rows would no longer cover every level; a relief base of zero, which as soon as it is there needs a
#: counter; caps by themselves (with the last segment they are noticed); figures that the source states as a result.
SEEN_ONLY_AT_LOAD: Final = {
    "county001 2005-01-01": {f"benefit.1.deductible.amount.{row}.when.level" for row in (2, 3, 4)},
    "jiangsu-city 2004-01-01": {"benefit.1.layer.2.deductible.1.value"},
    "jiangsu-city-asrun 2004-01-01": {"benefit.1.layer.2.deductible.1.value"},
    "rizhao 2012-01-01": {
        "benefit.1.layer.1.cap.amount",
        "benefit.1.layer.1.segment.1.to",
        *(f"invariant.1.yearly_fund_paid_max.{who}" for who in ("employee", "adult_resident", "minor_resident")),
    },
    "yizheng 2010-01-01": {
        "benefit.1.layer.1.cap.amount",
        "benefit.1.layer.1.segment.3.to",
        "benefit.1.layer.2.cap.amount",
        "benefit.1.layer.2.segment.2.to",
    },
}


class _Vector(NamedTuple):
    id: str
    line: str
    expected: dict[str, Any]

    def differs(self, library: PolicyLibrary) -> bool:
        try:
            [(record, _)] = split_records([self.line], library)
        except OurBug:
            return True
        return any(record.get(field) != value for field, value in self.expected.items())


def _vectors(file: PolicyFile) -> list[_Vector]:
    """Those that are split by some version of the policy; all include the nation-wide floor."""
    names = {file.id, *file.aliases}
    return [
        _Vector(vector["id"], json.dumps(vector), vector["expected"])
        for vector in VECTORS
        if file.id == "cn" or vector["locality"] in names
    ]


def _noticed_by(file: PolicyFile, change: Change, vectors: list[_Vector]) -> str:
    try:
        library = library_with(SHIPPED, file, change)
        number = next((index for index, vector in enumerate(vectors) if vector.differs(library)), None)
    except (Fault, PolicyFileProblem):
        return AT_LOAD
    if number is None:
        return NOBODY
    vectors.insert(0, vectors.pop(number))  # figures that stand together are often noticed by the same vector
    return vectors[0].id


@functools.cache
def _outcomes(name: str) -> dict[Change, str]:
    file = FILES[name]
    vectors = _vectors(file)
    never = {"benefit"} if name == NEVER_PAYS else set()
    return {
        change: _noticed_by(file, change, vectors)
        for change in changes(file.document)
        if change.paths[0][0] not in never
    }


@pytest.mark.parametrize("name", FILES)
def test_a_figure_changed_by_one_is_noticed(name: str) -> None:
    assert [str(change) for change, by in _outcomes(name).items() if by == NOBODY] == []


@pytest.mark.parametrize("name", FILES)
def test_nearly_all_are_noticed_by_a_bill_without_the_checks_of_the_load(name: str) -> None:
    seen: dict[str, set[str]] = {}
    for change, by in _outcomes(name).items():
        seen.setdefault(change.figure, set()).add(by)

    only_at_load = {figure for figure, by in seen.items() if by == {AT_LOAD}}
    assert only_at_load == FORM & seen.keys() | SEEN_ONLY_AT_LOAD.get(name, set())


@pytest.mark.parametrize("name", FILES)
def test_sections_that_are_said_not_to_be_read_are_not_read(name: str) -> None:
    file = FILES[name]
    assert file.document.keys() <= READ | NOT_READ
    bare = {section: table for section, table in file.document.items() if section in READ}
    library = with_file(SHIPPED, file, dataclasses.replace(file, document=bare, sha256=f"{file.sha256} bare"))

    assert [vector.id for vector in _vectors(file) if vector.differs(library)] == []


def test_a_stay_under_the_scheme_of_2000_always_holds() -> None:
    stays = [vector for vector in VECTORS if vector["locality"] == "jiangsu-city-2004" and _is_ordinary_stay(vector)]
    assert len(stays) > 40
    for vector in stays:
        earlier = vector["event"] | {"admit": "2003-05-04", "discharge": "2003-05-14"}
        [(record, _)] = split_records([json.dumps(vector | {"event": earlier})], SHIPPED)

        assert record["policy"]["valid_from"] == "2001-01-01"
        assert record["status"] == "hold"


def _is_ordinary_stay(vector: dict[str, Any]) -> bool:
    return vector["event"]["type"] == "inpatient" and "cause" not in vector["event"]
