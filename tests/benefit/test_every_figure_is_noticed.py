"""A figure typed wrongly by one yuan, one per cent, one day must be seen: some vector by hand, or the load, notices."""

import dataclasses
import json
from typing import Any, NamedTuple

import pytest

from pos_client.benefit import PolicyLibrary, split_records
from pos_client.benefit.policy_file import PolicyFile, PolicyFileProblem
from pos_client.benefit.shapes import Fault
from tests.benefit.figure_changes import NOT_READ, READ, Change, changes, library_with, with_file
from tests.benefit.policies import SHIPPED
from tests.benefit.vector_files import VECTORS

FILES = {
    f"{file.id}/{file.valid_from}": file
    for name in SHIPPED.ids()
    for file in SHIPPED.versions(name)
    if "benefit" in file.document or "exclusion" in file.document
}


class _Vector(NamedTuple):
    line: str
    vector_id: str
    expected: dict[str, Any]

    def differs(self, library: PolicyLibrary) -> bool:
        try:
            [(record, _)] = split_records([self.line], library)
        except PolicyFileProblem:
            return True
        return any(record.get(field) != value for field, value in self.expected.items())


def _of_locality(file: PolicyFile) -> list[_Vector]:
    names = {file.id, *file.aliases}
    return [
        _Vector(json.dumps(vector), vector["id"], vector["expected"])
        for vector in VECTORS
        if vector["locality"] in names or (file.id == "cn")
    ]


def _noticed_by(file: PolicyFile, change: Change, vectors: list[_Vector]) -> str:
    try:
        library = library_with(SHIPPED, file, change, checked_by_vectors_only="invariant" not in change.paths[0])
    except Fault as fault:
        return fault.words.code
    for index, vector in enumerate(vectors):
        if vector.differs(library):
            vectors.insert(0, vectors.pop(index))  # neighbouring figures are often noticed by the same vector
            return vector.vector_id
    return ""


if __name__ == "__main__":
    import time
    for name, file in FILES.items():
        t=time.time()
        vs=_of_locality(file)
        for c in changes(file.document):
            n=_noticed_by(file,c,vs)
            if not n or n.startswith("POL"): print(name, c, n or "NOBODY")
        print(name, len(vs), time.time()-t)
