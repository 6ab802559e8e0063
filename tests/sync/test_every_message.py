"""Every message that the program can make is one of the interface, by our tables and by the simulator's own."""

from dataclasses import replace

import pytest
import simplejson

from hardware_sim.front_end.message import read_request
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.tables import tables_of
from pos_client.sync import fields
from pos_client.sync.envelope import Sender, request_body
from tests.virtual import NOON

from .messages import PERSON_NO, every_message, region_of

EDITIONS: tuple[Edition, ...] = ("base", "hunan")
TRANSACTIONS = sorted(every_message(region_of("base")))


def test_there_is_a_message_for_every_table() -> None:
    assert sorted(fields._tables()) == TRANSACTIONS


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("transaction", TRANSACTIONS)
def test_our_own_tables_take_it(edition: Edition, transaction: str) -> None:
    region = region_of(edition)
    fields.check_input(region, transaction, every_message(region)[transaction].input)


@pytest.mark.parametrize("numbers_as_text", [False, True])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("transaction", TRANSACTIONS)
def test_the_simulated_bureau_reads_it(edition: Edition, transaction: str, numbers_as_text: bool) -> None:
    region = region_of(edition)
    request = every_message(region)[transaction]
    sender = Sender("P43999900001", "示例大药房", "01", "收费员01")
    message_id = "P43999900001202611211200000001"
    if numbers_as_text:
        region = replace(region, transport=replace(region.transport, numbers="string"))
    body = request_body(region, sender, request, message_id=message_id, sign_no="S1", now=NOON)
    read = read_request(tables_of(edition), simplejson.loads(body, use_decimal=True))
    assert (read.infno, read.msgid) == (transaction, message_id)
    if request.place_of_insurance:
        named = {row.text("psn_no") for rows in read.nodes.values() for row in rows if "psn_no" in row.values}
        assert named == {PERSON_NO}
