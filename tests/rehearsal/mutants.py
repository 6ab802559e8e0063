"""Five ways in which such programs lose or double money, put into ours for the time of a test.

The switches stand here and nowhere else: nothing in the product can turn them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from types import MappingProxyType
from unittest.mock import patch

from pos_client.desk import booking
from pos_client.desk.booking import Act, Beside
from pos_client.desk.station import Office
from pos_client.offline.journal import Message
from pos_client.offline.store import StoreConnection
from pos_client.sync import region
from pos_client.sync.attempts import Verdicts
from pos_client.sync.bureau import Bureau, Outgoing
from pos_client.sync.region import Region
from pos_client.sync.reply import NotExecuted, Reply, Unclear
from pos_client.sync.transactions import TRANSACTIONS

Mutant = Callable[[], AbstractContextManager[None]]


@contextmanager
def send_before_commit() -> Iterator[None]:
    """The message leaves while its intent is still being written."""
    record_intent, carry = booking._record_intent, Bureau.carry
    replies: dict[str, Reply] = {}

    def recorded(office: Office, act: Act, beside: Beside) -> Message:
        def beside_and_send(connection: StoreConnection, message: Message) -> None:
            beside(connection, message)
            replies[message.request] = carry(office.bureau, office.bureau.booking(message.transaction, message.request))

        return record_intent(office, act, beside_and_send)

    def carried(bureau: Bureau, outgoing: Outgoing) -> Reply:
        return replies.pop(outgoing.body) if outgoing.body in replies else carry(bureau, outgoing)

    with patch.object(booking, "_record_intent", recorded), patch.object(Bureau, "carry", carried):
        yield


@contextmanager
def resend_on_time_out() -> Iterator[None]:
    """A message that got no answer is sent once more, under a new number."""
    carry = Bureau.carry

    def carried(bureau: Bureau, outgoing: Outgoing) -> Reply:
        reply = carry(bureau, outgoing)
        if not isinstance(reply, Unclear) or outgoing.transaction not in TRANSACTIONS:
            return reply
        head, mark, tail = outgoing.body.partition('"msgid": "')
        again = head + mark + tail[:28] + "99" + tail[30:]
        return carry(bureau, replace(outgoing, body=again))

    with patch.object(Bureau, "carry", carried):
        yield


@contextmanager
def time_out_is_refusal() -> Iterator[None]:
    """No answer is taken for "not booked"."""
    carry = Bureau.carry

    def carried(bureau: Bureau, outgoing: Outgoing) -> Reply:
        reply = carry(bureau, outgoing)
        return NotExecuted(reply.why) if isinstance(reply, Unclear) else reply

    with patch.object(Bureau, "carry", carried):
        yield


@contextmanager
def whitelist_ignored() -> Iterator[None]:
    """Every message is reversed, whatever the region allows."""
    load_region = region.load_region

    def loaded(*arguments: object) -> Region:
        return replace(load_region(*arguments), reversible=frozenset(TRANSACTIONS))  # type: ignore[arg-type]

    with patch("pos_client.desk.station.load_region", loaded):
        yield


@contextmanager
def not_found_believed_at_once() -> Iterator[None]:
    """ "Not found" counts although the message may still be executing."""
    with patch.object(Verdicts, "counts", lambda *_: True):
        yield


MUTANTS: Mapping[str, Mutant] = MappingProxyType(
    {
        "send before commit": send_before_commit,
        "resend on time-out": resend_on_time_out,
        "time-out taken for refusal": time_out_is_refusal,
        "whitelist ignored": whitelist_ignored,
        "not found believed at once": not_found_believed_at_once,
    }
)
