"""``hardware-sim reader``: an empty reader that waits for hands."""

import json
import sys
import threading
from typing import Final

import click

from hardware_sim.card.slot import Slot
from hardware_sim.readers import serving
from hardware_sim.readers.hands import Hands
from hardware_sim.readers.models import MODELS
from hardware_sim.readers.serving import Transport

_PUT_BACK_AFTER_MS: Final = 1500


@click.command("reader")
@serving.TRANSPORT
@serving.MODEL
@serving.BAUD
@serving.EXIT_WITH_PARENT
def reader(transport: Transport, model: str, baud: int | None, exit_with_parent: bool) -> None:
    """An empty reader; the lines of standard input are hands, each answered with one JSON line.

    \b
    insert NAME · remove · tear       a persona's card in, out, out in the middle of the next reading
    psam NAME · psam-out              the same in the second slot
    pin DIGITS · cancel · timeout     what the holder presses on the PIN pad, or does not press
    fault KIND@N[=VALUE]              goes wrong at the N-th command of every session
    look                              how it looks
    """
    parent = serving.parent_to_end_with(exit_with_parent)
    serving.refuse_line_on_vpcd(transport, (), baud)
    card = Slot(put_back_after_ms=_PUT_BACK_AFTER_MS)
    slots = [card] if transport.slots(MODELS[model]) == 1 else [card, Slot()]
    desk = serving.desk(transport, MODELS[model], slots, baud=baud)
    hands = Hands(card, slots[1] if len(slots) > 1 else None, desk.reader, desk.hands)

    def listen() -> None:
        for line in sys.stdin:
            click.echo(json.dumps(hands.do(line), ensure_ascii=False))

    desk.serve(parent, then=threading.Thread(target=listen, daemon=True).start)
