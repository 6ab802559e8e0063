"""Homes of a desk as the benchmarks want them: a catalogue as large as a province's, a queue as after an outage."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from benchmarks.backlog import queue_settlements
from benchmarks.counters import buyer
from pos_client.cli.session import real_runtime
from pos_client.config import Home, prepare, write_whole
from pos_client.desk.station import open_back_office
from pos_client.offline.catalogue import replace_items
from pos_client.offline.catalogue_file import Item, initials, sample_catalogue

SEED: Final = 20100101
_PARTS_OF_A_NAME: Final = 3


def fill_home(home: Home, environment: Mapping[str, str], desk: int, *, items: int = 0, backlog: int = 0) -> None:
    """Makes a training home with a desk number of its own, which message ids carry, and fills it.

    ``items``: so many in the catalogue, 0 for the sample; ``backlog``: a settlement for so many of ``counters.buyer``.
    """
    home.folder.mkdir(parents=True, mode=0o700)
    write_whole(home.config_file, f"[institution]\ndesks = 99\n[desk]\nnumber = {desk}\n")
    prepare(home)
    with real_runtime() as runtime, open_back_office(home, environment, runtime) as office:
        if items:
            sample = sample_catalogue()
            with office.store.commit() as connection:
                replace_items(connection, [*sample, *_made_up(sample, items - len(sample))])
        if backlog:
            queue_settlements(office, [buyer(number) for number in range(1, backlog + 1)])


def _made_up(sample: Sequence[Item], count: int) -> Iterator[Item]:
    """Names of three parts, all taken from the sample; codes, bar codes and prices of their own."""
    dice = random.Random(SEED)
    parts = sorted({item.name[at : at + 2] for item in sample for at in range(0, len(item.name) - 1, 2)})
    letters = {part: initials(part) for part in parts}
    for number in range(count):
        chosen = dice.choices(parts, k=_PARTS_OF_A_NAME)
        yield replace(
            sample[0],
            code=f"ZB{number:06d}",
            name="".join(chosen),
            barcode=f"29{number:011d}",
            national_code=f"XMADE{number:015d}",
            unit_price=Decimal(dice.randrange(100, 50_000)) / 100,
            initials="".join(letters[part] for part in chosen),
        )
