"""Stays: the list, an admission, charges, the estimate, the discharge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from hardware_sim import personas
from pos_client.desk import admission, deposit, reprint, stay_charges
from pos_client.desk.admission import AdmissionForm
from pos_client.desk.care_lists import care_lists
from pos_client.desk.cart import Order, fill_cart
from pos_client.desk.identify import identify_id_number
from pos_client.desk.recent import recent_sales
from pos_client.desk.station import Office
from pos_client.desk.stay import Ward
from pos_client.offline.money_book import Means, Paid
from pos_client.ui.paper.press import to_image
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, Still, story


@dataclass(frozen=True, slots=True)
class _Lying:
    """Somebody who was admitted some days ago."""

    persona: str
    bed: str
    days_ago: int
    deposit_fen: int
    charges: tuple[tuple[str, int], ...]


_WARD = (
    _Lying("li-xiulan", "08", 12, 300000, (("YD0051", 240), ("YD0024", 60), ("YD0001", 12), ("WSSCPTP", 3))),
    _Lying("ma-yan", "21", 5, 200000, (("YD0051", 10), ("YD0002", 6))),
    _Lying("wang-xiaomei", "33", 1, 0, (("YD0001", 2),)),
)

_FILE = (
    "编码,时间,数量,单价,流水号",
    "YD0051,2026-11-19 08:00,2,11.60,1001",
    "YD0024,2026-11-19 08:00,1,72.00,1002",
    "YD9999,2026-11-19 09:30,1,10.00,1003",
    "YD0001,2026-11-25 09:30,1,12.60,1004",
    "YD0002,2026-11-19 10:00,1.55555,19.80,1005",
)


def _admit(office: Office, one: _Lying) -> str:
    """Admits somebody by the desk's own use cases, with deposit and charges."""
    card = personas.load(one.persona).card
    identified = identify_id_number(office, card.id_number, card.name, office.region.visits["inpatient"])
    lists = care_lists(office.books.home, office.settings.mode)
    ward = Ward(lists.departments[0].value, lists.doctors[0].value.doctor, one.bed)
    form = AdmissionForm(ward, (lists.diseases[0].value,), admission.propose_own_number(office))
    id_ = admission.admit(office, identified, form).id
    if one.deposit_fen:
        deposit.receive(office, id_, Paid(Means.CASH, one.deposit_fen))
    orders = [Order(code, Decimal(count)) for code, count in one.charges]
    stay_charges.enter(office, id_, fill_cart(office.store, orders, consent_signed=True))
    return id_


def a_ward(stage: Stage, people: Sequence[_Lying] = _WARD) -> None:
    """People who lie in hospital already when the story begins."""
    opening = stage.clock.now_utc()
    for one in sorted(people, key=lambda one: -one.days_ago):
        stage.clock.go_on(opening - timedelta(days=one.days_ago) - stage.clock.now_utc())
        with stage.behind() as office:
            _admit(office, one)
    stage.clock.go_on(opening - stage.clock.now_utc())


@story("stays-empty")
def an_empty_ward(stage: Stage) -> Iterator[Shown]:
    """Nobody lies in hospital."""
    clerk = stage.start()
    clerk.press("Tab")
    yield "stays-empty"


@story("stays", "stays-found", "admission", "admission-filled", "admitted", "deposit", "charges", "stay")
def the_ward(stage: Stage) -> Iterator[Shown]:
    """The list, and somebody new: admitted, his deposit, his first charges."""
    a_ward(stage)
    clerk = stage.start()
    clerk.press("Tab")
    yield "stays"
    clerk.write("马")
    yield "stays-found"
    clerk.press("Esc")
    stage.insert("zhang-jianguo", clerk)
    clerk.write("xh")
    yield "admission"
    clerk.press("Enter", "Enter")
    clerk.enter("12", "mxwy")
    clerk.press("Enter", "Enter")
    yield "admission-filled"
    clerk.press("Enter")
    yield "admitted"
    clerk.write("2000")
    clerk.press("F8")
    yield "deposit"
    clerk.press("Esc", "Enter")
    clerk.scan("YD0051", "YD0024", "WSSCPTP")
    clerk.press("F7")
    yield "charges"
    clerk.press("Enter")
    yield "stay"


@story("import", "import-checked")
def a_file_of_charges(stage: Stage) -> Iterator[Shown]:
    """Charges that come as a file, some of its rows wrong."""
    a_ward(stage)
    file = stage.home.folder / "11-20.csv"
    file.write_text("\n".join(_FILE) + "\n", encoding="utf-8")
    clerk = stage.start()
    clerk.press("Tab")
    clerk.write("08")
    clerk.press("Enter")
    clerk.write("i")
    clerk.write(str(file))
    yield "import"
    clerk.press("Enter")
    yield "import-checked"


@story("discharge", "discharged", "discharge-slip")
def leaving(stage: Stage) -> Iterator[Shown]:
    """The estimate, then discharge, settlement and the rest of the deposit in one act."""
    a_ward(stage)
    clerk = stage.start()
    clerk.press("Tab")
    stage.insert("li-xiulan", clerk)
    clerk.press("F5")
    yield "discharge"
    clerk.press("F8")
    yield "discharged"
    stage.stop()
    with stage.behind() as office:
        sale = recent_sales(office.books)[0]
        yield Still("discharge-slip", "paper", to_image(reprint.slip_of(office, sale.id)))
