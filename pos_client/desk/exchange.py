"""The day totals that the desks of one institution lay out for each other, because 3201 compares the whole institution.

Each desk writes DATE-deskNN.json into the folder that they share, whole or not at all, and reads the others'. No
personal data stands in it; the head of the desk's audit chain does, so that it is also kept outside of the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import simplejson

from pos_client.config import write_whole
from pos_client.desk.books import Books
from pos_client.errors import EnvironmentProblem, Words
from pos_client.offline.day_totals import Group, Sums
from pos_client.offline.instants import instant_of, text_of

FOLDER_UNUSABLE = Words(
    "D-TOTALS",
    "日汇总文件夹 {folder} 不能用（{why}），今天没有对总账，收费不受影响。请叫信息科检查共享文件夹。",
    "The folder of day totals {folder} cannot be used ({why}), so the day was not compared; money can still be "
    "taken. Ask IT to check the shared folder.",
)

_FORM = 1


@dataclass(frozen=True, slots=True)
class DeskDay:
    """One desk's totals of a business day."""

    day: date
    institution: str
    desk: int
    made_at: datetime
    audit_head: str
    sums: Mapping[Group, Sums]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The folder in which the desks of an institution lay out their totals."""

    folder: Path
    institution: str

    def put(self, one: DeskDay) -> None:
        """Lays out a desk's totals in place of its earlier ones of that day.

        Raises:
            EnvironmentProblem: D-TOTALS.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._file(one.day, one.desk), _text(one))
        except OSError as error:
            raise self._unusable(error.strerror or error) from error

    def of_day(self, day: date) -> dict[int, DeskDay]:
        """What the desks have laid out for a day, by desk number.

        Raises:
            EnvironmentProblem: D-TOTALS, the folder or one of the files cannot be read.
        """
        try:
            files = sorted(self.folder.glob(f"{day.isoformat()}-desk[0-9][0-9].json"))
            found = [_read(file) for file in files]
        except OSError as error:
            raise self._unusable(error.strerror or error) from error
        except (ValueError, KeyError, TypeError) as error:
            raise self._unusable(type(error).__name__) from error
        return {one.desk: one for one in found if (one.institution, one.day) == (self.institution, day)}

    def first_day(self, since: date) -> date | None:
        """The first day since then for which any desk has laid out totals, or None."""
        names = sorted(file.name[:10] for file in self.folder.glob("????-??-??-desk[0-9][0-9].json"))
        return next((date.fromisoformat(name) for name in names if name >= since.isoformat()), None)

    def _file(self, day: date, desk: int) -> Path:
        return self.folder / f"{day.isoformat()}-desk{desk:02d}.json"

    def _unusable(self, why: object) -> EnvironmentProblem:
        return EnvironmentProblem(FOLDER_UNUSABLE, folder=self.folder, why=why)


def exchange_of(books: Books) -> Exchange:
    """The exchange that the settings name, else a folder in the home."""
    named = books.settings.text("totals.folder")
    return Exchange(Path(named) if named else books.home.totals, books.settings.text("institution.code"))


def _text(one: DeskDay) -> str:
    record = {
        "form": _FORM,
        "day": one.day.isoformat(),
        "institution": one.institution,
        "desk": one.desk,
        "made_at": text_of(one.made_at),
        "audit_head": one.audit_head,
        "totals": [{**group._asdict(), **sums.record()} for group, sums in sorted(one.sums.items())],
    }
    return simplejson.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _read(file: Path) -> DeskDay:
    record = simplejson.loads(file.read_text(encoding="utf-8"))
    if record["form"] != _FORM:
        raise ValueError("form")
    return DeskDay(
        day=date.fromisoformat(record["day"]),
        institution=str(record["institution"]),
        desk=int(record["desk"]),
        made_at=instant_of(record["made_at"]),
        audit_head=str(record["audit_head"]),
        sums={Group(*(str(row[name]) for name in Group._fields)): Sums.of(row) for row in record["totals"]},
    )
