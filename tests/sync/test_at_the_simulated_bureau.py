"""Whole visits at the simulated bureau, in both editions: it takes our messages, and we read its answers."""

import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from hardware_sim.front_end.catalogue import read_catalogue
from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.server import FrontEnd
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.sync import outpatient, pharmacy, stay, totals, visit_queries
from pos_client.sync.bureau import Bureau
from pos_client.sync.charge_rows import refund_row
from pos_client.sync.envelope import Answer, Request, Sender
from pos_client.sync.http import RequestsHttp
from pos_client.sync.person import fetch_person
from pos_client.sync.region import Region
from pos_client.sync.setlinfo import Booked, BureauFigures, Found, read_booked, read_found, read_trial
from pos_client.sync.stay import Discharge
from pos_client.sync.totals import Totals
from tests.virtual import NOON, VirtualClock, virtual_runtime

from .messages import (
    CREDENTIAL,
    DEPARTMENT,
    DIAGNOSIS,
    PERSON_NO,
    PLACE,
    ROW,
    admission_in,
    bill_in,
    purchase_in,
    region_of,
    registration_in,
)

CATALOGUE = read_catalogue(Path("tests/hardware_sim/front_end/catalogue.csv"))
OUTSIDE = replace(ROW, serial="2", national_code="XTEST0000000000000000C3", unit_price=Decimal(15), amount_fen=3000)


@dataclass
class Counter:
    """One institution at the bureau; remembers the last message's id."""

    bureau: Bureau
    ids: "MessageIds"

    @property
    def region(self) -> Region:
        return self.bureau.region

    def send(self, request: Request) -> Answer:
        return self.bureau.query(request)

    def booked(self, request: Request, total_fen: int, visit_id: str | None = None) -> Booked:
        answer = self.send(request)
        return read_booked(
            self.region,
            answer,
            message_id=self.ids.last,
            person_no=PERSON_NO,
            total_fen=total_fen,
            visit_id=visit_id,
        )

    def tried(self, request: Request, total_fen: int, visit_id: str) -> BureauFigures:
        answer = self.send(request)
        return read_trial(self.region, answer, person_no=PERSON_NO, total_fen=total_fen, visit_id=visit_id)

    def found(self, booked: Booked) -> Found | None:
        visit_id, settlement_id = booked.visit_id, booked.settlement_id
        answer = self.send(visit_queries.settlement_request(PERSON_NO, PLACE, visit_id, settlement_id))
        return read_found(self.region, answer, person_no=PERSON_NO, visit_id=visit_id, settlement_id=settlement_id)

    def serials_of(self, booked: Booked) -> list[tuple[str, int]]:
        answer = self.send(visit_queries.rows_request(PERSON_NO, PLACE, booked.visit_id, booked.settlement_id))
        rows = visit_queries.read_rows(answer, visit_id=booked.visit_id)
        assert {row.settlement_id for row in rows} == {booked.settlement_id}
        return sorted((row.serial, row.amount_fen) for row in rows)

    def agrees(self, *settled: Booked) -> bool:
        """Whether the bureau has just these settlements today, of one scheme, type and agency."""
        first, figures = settled[0], [one.figures for one in settled]
        day = NOON.date()
        ours = Totals(
            first.insurance_type,
            first.clearing_type,
            first.clearing_agency,
            day,
            day,
            total_fen=sum(one.total_fen for one in figures),
            fund_fen=sum(one.fund_total_fen for one in figures),
            account_fen=sum(one.account_pay_fen for one in figures),
            count=len(settled),
        )
        answer = self.send(totals.totals_request(self.region, ours, PLACE))
        return totals.read_totals(answer, agency=first.clearing_agency).agrees


class MessageIds:
    """Ids of messages, none twice."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.last = ""
        self.repeating = False

    def __call__(self) -> str:
        if not self.repeating:
            self.last = f"H4399990000120261121120000{next(self._numbers):04d}"
        return self.last


@pytest.fixture(params=["base", "hunan"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    edition: Edition = request.param
    clock = BureauClock(lambda: NOON)
    front_end = FrontEnd(f"sqlite:///{tmp_path}/bureau.db", edition=edition, catalogue=CATALOGUE, clock=clock)
    ids = MessageIds()
    with front_end, closing(RequestsHttp()) as http:
        runtime = replace(virtual_runtime(VirtualClock(NOON)), http=http)
        sender = Sender("H43999900001", "示例社区医院", "01", "收费员01")
        yield Counter(Bureau(region_of(edition), sender, front_end.url, runtime, ids), ids)


def _says(refused: Refused, signs: tuple[str, ...]) -> bool:
    return any(sign in refused.sentence("zh") for sign in signs)


def test_the_person_of_these_messages_is_the_bureaus(counter: Counter) -> None:
    person = fetch_person(counter.bureau, CREDENTIAL, counter.region.visits["outpatient"])
    assert (person.person_no, person.place_of_insurance) == (PERSON_NO, PLACE)


def test_a_purchase_is_found_again_with_its_cancellation(counter: Counter) -> None:
    purchase = purchase_in(counter.region)
    trial = pharmacy.trial(counter.bureau, purchase)
    settled = counter.booked(pharmacy.purchase_request(counter.bureau, pharmacy.SETTLE, purchase), 7861)
    assert settled.figures == trial
    asked = visit_queries.visits_request(PERSON_NO, PLACE, "41", NOON, NOON)
    (visit,) = visit_queries.read_visits(counter.send(asked))
    assert visit.visit_id == settled.visit_id
    assert counter.found(settled) is not None
    void = pharmacy.void_request(settled.settlement_id, settled.visit_id, PERSON_NO, PLACE)
    voided = counter.booked(void, -7861, settled.visit_id)
    found = counter.found(voided)
    assert found is not None
    assert found.booked.figures.cash_pay_fen == -settled.figures.cash_pay_fen
    assert counter.serials_of(settled) == [("1", 7861)]
    assert counter.serials_of(voided) == [("1", -7861)]


def test_a_whole_outpatient_visit_and_back(counter: Counter) -> None:
    region = counter.region
    registration = registration_in(region)
    answer = counter.send(outpatient.register_request(registration))
    visit_id = outpatient.read_registered(answer, person_no=PERSON_NO, own_number=registration.own_number)
    counter.send(outpatient.diagnoses_request(region, registration, visit_id, [DIAGNOSIS]))
    counter.send(outpatient.rows_request(registration.person, visit_id, [ROW, OUTSIDE]))
    bill = replace(bill_in(region, "outpatient"), visit_id=visit_id, total_fen=5500)
    trial = counter.tried(outpatient.trial_request(region, bill, ROW.batch), 5500, visit_id)
    settled = counter.booked(outpatient.settle_request(region, bill, ROW.batch, trial), 5500, visit_id)
    assert settled.figures == trial
    assert settled.figures.own_expense_fen == 3000
    found = counter.found(settled)
    assert found is not None
    assert found.booked == settled
    assert counter.serials_of(settled) == [("1", 2500), ("2", 3000)]
    assert counter.agrees(settled)
    void = outpatient.void_request(settled.settlement_id, visit_id, PERSON_NO, PLACE)
    voided = counter.booked(void, -5500, visit_id)
    group = {name: getattr(settled, name) for name in ("insurance_type", "clearing_type", "clearing_agency")}
    assert counter.agrees(settled, replace(voided, **group))
    assert not counter.agrees(settled)
    counter.send(outpatient.withdraw_rows_request(visit_id, outpatient.ALL_UNSETTLED, PERSON_NO, PLACE))
    counter.send(outpatient.cancel_registration_request(visit_id, registration.own_number, PERSON_NO, PLACE))


def test_a_whole_stay_and_back(counter: Counter) -> None:
    region = counter.region
    admission = admission_in(region)
    visit_id = stay.read_admitted(counter.send(stay.admit_request(region, admission)))
    counter.send(stay.change_request(visit_id, replace(admission, bed="14")))
    (open_stay,) = visit_queries.read_open_stays(
        counter.send(visit_queries.open_stays_request(PERSON_NO, PLACE, NOON, NOON))
    )
    assert (open_stay.visit_id, open_stay.own_number) == (visit_id, admission.own_number)
    refund = refund_row(OUTSIDE, serial="3", quantity=Decimal(1), at=NOON)
    counter.send(stay.rows_request(admission.person, admission.visit, visit_id, [ROW, OUTSIDE, refund]))
    bill = replace(bill_in(region, "inpatient"), visit_id=visit_id, total_fen=4000)
    trial = counter.tried(stay.trial_request(region, bill, discharged_on=NOON.date()), 4000, visit_id)
    ended = NOON + timedelta(hours=1)
    counter.send(
        stay.discharge_request(Discharge(admission.person, visit_id, ended, DEPARTMENT, "14", "1", admission.diagnoses))
    )
    settled = counter.booked(stay.settle_request(region, bill, trial, discharged_on=NOON.date()), 4000, visit_id)
    assert settled.figures == trial
    found = counter.found(settled)
    assert found is not None
    assert found.booked == settled
    asked = visit_queries.visits_request(PERSON_NO, PLACE, admission.visit.med_type, NOON, NOON)
    (left,) = visit_queries.read_visits(counter.send(asked))
    assert (left.visit_id, left.in_hospital) == (visit_id, False)
    counter.booked(stay.void_request(settled.settlement_id, visit_id, PERSON_NO, PLACE), -4000, visit_id)
    counter.send(stay.cancel_discharge_request(visit_id, PERSON_NO, PLACE))
    counter.send(stay.withdraw_rows_request(visit_id, PERSON_NO, PLACE))
    counter.send(stay.cancel_admission_request(visit_id, PERSON_NO, PLACE))


def test_what_is_undone_twice_says_that_nothing_is_left(counter: Counter) -> None:
    region = counter.region
    visit_id = outpatient.read_registered(counter.send(outpatient.register_request(registration_in(region))))
    stay_id = stay.read_admitted(counter.send(stay.admit_request(region, admission_in(region))))
    place = (PERSON_NO, PLACE)
    empty = [
        outpatient.withdraw_rows_request(visit_id, outpatient.ALL_UNSETTLED, *place),
        stay.withdraw_rows_request(stay_id, *place),
        stay.cancel_discharge_request(stay_id, *place),
    ]
    undoing = [
        outpatient.cancel_registration_request(visit_id, "MZ0001", *place),
        stay.cancel_admission_request(stay_id, *place),
    ]
    for request in undoing:
        counter.send(request)
    for request in [*undoing, *empty]:
        with pytest.raises(Refused) as caught:
            counter.send(request)
        assert _says(caught.value, region.undo_not_found), caught.value


def test_a_message_that_came_before_is_told_from_other_repetitions(counter: Counter) -> None:
    """A number that is taken is a refusal; a message id that was received leaves open what became of the first."""
    registration = registration_in(counter.region)
    counter.send(outpatient.register_request(registration))
    with pytest.raises(Refused):
        counter.send(outpatient.register_request(registration))
    counter.ids.repeating = True
    with pytest.raises(EnvironmentProblem) as caught:
        counter.send(outpatient.register_request(replace(registration, own_number="MZ0002")))
    assert caught.value.code == "N-ANSWER"
