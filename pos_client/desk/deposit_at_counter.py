"""A deposit that is taken or given back over the counter: booked, then shown and said, the drawer opened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pos_client.desk import deposit
from pos_client.desk.deposit import DepositMoved
from pos_client.desk.station import Desk
from pos_client.desk.words import SLIP_NOT_WRITTEN
from pos_client.errors import EnvironmentProblem
from pos_client.offline.money_book import Paid


def take(desk: Desk, id_: str, paid: Paid) -> DepositMoved:
    """Takes a deposit and writes its receipt.

    Raises:
        Refused: S-NOVISIT, S-VISIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
    """
    with _telling(lambda: desk.devices.money_taken([paid], 0)):
        return deposit.receive(desk.office, id_, paid)


def hand_back(desk: Desk, id_: str, paid: Paid) -> DepositMoved:
    """Gives a part of the deposit back and writes a paper for it.

    Raises:
        Refused: S-NOVISIT, S-DEPOSIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
    """
    with _telling(lambda: desk.devices.money_given_back([paid])):
        return deposit.hand_back(desk.office, id_, paid)


@contextmanager
def _telling(tell: Callable[[], None]) -> Iterator[None]:
    """Tells the customer once the money is booked, paper or not."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.words is SLIP_NOT_WRITTEN:
            tell()
        raise
    tell()
