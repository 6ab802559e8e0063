"""The control endpoints of a front-end server, as its README tells them; spoken to over HTTP like by anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import requests

from pos_client.money import fen_of_yuan

_TIMEOUT_S: Final = 5


class ControlTrouble(Exception):
    """The front-end server did not do what it was asked to; why."""


@dataclass(frozen=True, slots=True)
class SwitchedFault:
    """A fault that is on. ``infno`` None: for every transaction; ``times`` None: until it is switched off."""

    name: str
    infno: str | None = None
    times: int | None = None
    fired: int = 0
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def used_up(self) -> bool:
        """Whether it has struck as often as it was to."""
        return self.times is not None and self.fired >= self.times


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A settlement or cancellation in the bureau's ledger."""

    id: str
    infno: str
    cancels: bool
    total_fen: int
    voided: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults that are on, and how often each kind has struck since the server was started."""

    on: tuple[SwitchedFault, ...]
    struck: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Voucher:
    """An e-voucher's code: good once, until a time of the bureau's clock."""

    code: str
    until: datetime


class Control:
    """One server's control endpoints. Belongs to one thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the house has no business on this machine's own ports

    def close(self) -> None:
        """Gives the connection back."""
        self._session.close()

    def faults(self) -> Faults:
        """What is on.

        Raises:
            ControlTrouble: as of every method here.
        """
        return _faults(self._ask("GET", "faults"))

    def replace_faults(self, faults: Sequence[SwitchedFault]) -> Faults:
        """Switches on exactly these, each with its count at zero."""
        return _faults(self._ask("PUT", "faults", {"faults": [_document(fault) for fault in faults]}))

    def set_offset(self, offset_s: int) -> None:
        """Lets the bureau's clock run so many seconds ahead of the machine's."""
        self._ask("PUT", "clock", {"offset_s": offset_s})

    def ledger(self) -> list[LedgerRow]:
        """All settlements and cancellations, oldest first."""
        return [_row(row) for row in self._ask("GET", "ledger")["settlements"]]

    def issue_voucher(self, person_no: str) -> Voucher:
        """A fresh code of the medical-insurance e-voucher of this person."""
        said = self._ask("POST", "vouchers", {"psn_no": person_no})
        return Voucher(said["token"], datetime.fromisoformat(said["expires_at"]))

    def _ask(self, method: str, what: str, document: Mapping[str, Any] | None = None) -> dict[str, Any]:
        try:
            answer = self._session.request(method, f"{self._url}/_sim/{what}", json=document, timeout=_TIMEOUT_S)
            said: dict[str, Any] = answer.json()
        except requests.RequestException as trouble:
            raise ControlTrouble(type(trouble).__name__) from None
        if answer.status_code != requests.codes.ok:
            raise ControlTrouble(str(said.get("error", answer.status_code)))
        return said


def _faults(document: Mapping[str, Any]) -> Faults:
    return Faults(tuple(_fault(one) for one in document["faults"]), document["fired_total"])


def _fault(document: Mapping[str, Any]) -> SwitchedFault:
    known = {"name", "infno", "times", "fired"}
    options = tuple((key, value) for key, value in document.items() if key not in known)
    return SwitchedFault(document["name"], document["infno"], document["times"], document["fired"], options)


def _document(fault: SwitchedFault) -> dict[str, Any]:
    return {"name": fault.name, "infno": fault.infno, "times": fault.times, **dict(fault.options)}


def _row(row: Mapping[str, Any]) -> LedgerRow:
    return LedgerRow(
        id=row["setl_id"],
        infno=row["infno"],
        cancels=row["kind"] == "cancel",
        total_fen=fen_of_yuan(row["medfee_sumamt"]),
        voided=row["voided"],
        reversed=row["reversed"],
    )
