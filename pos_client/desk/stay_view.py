"""What the window shows of stays: values that do not change any more, every word ready to be read.

Nothing heavy is imported here: the window names these types before the store is loaded. Amounts in fen.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_client.desk.sale_view import Amount

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer
    from pos_client.desk.year_counters import CounterRow


class Undo(StrEnum):
    """What is taken back next on the way from a settled stay to none."""

    SETTLEMENT = "settlement"
    DISCHARGE = "discharge"
    CHARGES = "charges"
    ADMISSION = "admission"


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay of the list, the name masked. ``sign`` is done, look, unknown or note."""

    id: str
    own_number: str
    name_masked: str
    place: str
    since: date
    days: int
    charges_fen: int
    deposit_fen: int
    state: str
    sign: str
    documents: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Whoever was identified for a stay; ``stay`` is the number of the stay to go on with, empty without one."""

    customer: "Customer" = field(repr=False)
    stay: str


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a list to choose from; ``remark`` tells it from others of the same name."""

    code: str
    name: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AdmissionStart:
    """What stands there before anything is typed: a number that nobody has, the level, the documents by their names."""

    own_number: str
    level: str
    certificate: str
    card: str


@dataclass(frozen=True, slots=True)
class AdmissionDraft:
    """What the clerk chose, by codes; both documents are taken unless the tick is gone."""

    department: str
    doctor: str
    bed: str
    diagnosis: str
    own_number: str
    certificate: bool = True
    card: bool = True


@dataclass(frozen=True, slots=True)
class ChargeView:
    """One charged row: prices and quantities are texts. ``settled`` rows cannot be withdrawn."""

    upload: str
    number: int
    at: str
    name: str
    class_word: str
    own_expense: bool
    unit_price: str
    quantity: str
    amount_fen: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt that the patient has in hand."""

    number: str
    at: str
    means: str
    amount_fen: int
    operator: str


@dataclass(frozen=True, slots=True)
class StayView:
    """One stay in work. ``customer`` is there once its own person was identified; else the page knows what was kept.

    ``typed`` counts lines that were entered and not uploaded. ``undo`` is what F9 takes back, ``closing`` says that
    only deposit and documents are left to be handed back.
    """

    line: StayLine
    name: str = field(repr=False)
    described: str
    card_masked: str
    id_masked: str
    customer: "Customer | None" = field(repr=False)
    place: str
    doctor: str
    diagnoses: str
    left_on: date | None
    charges: tuple[ChargeView, ...]
    sums: tuple[Amount, ...]
    receipts: tuple[Receipt, ...]
    typed: int
    blocked_why: str
    chargeable: bool
    triable: bool
    takes_deposit: bool
    closing: bool
    undo: Undo | None
    settle_id: str


@dataclass(frozen=True, slots=True)
class SliceView:
    """One part of the bill as it is drawn: ``kind`` decides its colour, ``fund_per_mille`` the height of the blue."""

    kind: str
    label: str
    short: str
    note: str
    amount_fen: int
    percent: str
    fund_fen: int
    own_fen: int
    fund_per_mille: int


@dataclass(frozen=True, slots=True)
class EstimateView:
    """A stay as it would be settled now. Without ``quoted`` the bureau was not asked or did not answer: no settlement.

    ``due_fen`` is to be collected and ``back_fen`` handed back after the deposit; ``finishing``: it is settled, only
    deposit and documents are left. ``rows`` charged rows are in it, ``after`` is what the year has counted then.
    """

    stay: StayView
    quoted: bool
    agrees: bool | None
    rows: int
    days: int
    total_fen: int
    stay_number: int | None
    sums: tuple[Amount, ...]
    deposit_sums: tuple[Amount, ...]
    fund_label: str
    fund_fen: int
    fund_share: str
    own_fen: int
    own_share: str
    slices: tuple[SliceView, ...]
    sentences: tuple[str, ...]
    line_sentences: tuple[str, ...]
    receipts: int
    due_fen: int
    back_fen: int
    account_word: str
    account_after_fen: int | None
    after: "tuple[CounterRow, ...]"
    policy: str
    finishing: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of a file of charges: ``sign`` is stop (it is wrong), look, done (uploaded before) or empty."""

    row: int
    name: str
    at: str
    quantity: str
    unit_price: str
    amount_fen: int | None
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of charges as it would be uploaded; wrong rows come first. Nothing is uploaded because of it."""

    file: str
    findings: tuple[Finding, ...]
    wrong: int
    right: int
    new: int
    uploaded: int
    unsigned: int
    other_price: int
    sums: tuple[Amount, ...]
    total_fen: int
    ignored: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be one of charges."""

    path: str
    name: str
    changed: str


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """A deposit taken or given back: its paper's number, how, how much, what is held now."""

    paper: str
    means: str
    amount_fen: int
    held_fen: int


@dataclass(frozen=True, slots=True)
class LeftView:
    """A stay that is over: what to hand out or was collected, and what the next glance tells."""

    id: str
    settle_id: str
    name_masked: str
    sums: tuple[Amount, ...]
    back: tuple[Amount, ...]
    back_fen: int
    change_fen: int
    short_fen: int
    documents: str
    differences: tuple[str, ...]
