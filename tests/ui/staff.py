"""People who may work at the desk of a test."""

from pos_client.desk import operators
from pos_client.desk.books import open_books
from pos_client.desk.operators import SignedIn
from pos_client.offline.operators import Role
from tests.desk.world import World

PASSWORD = "open sesame"
BOSS = SignedIn("boss", "王主任", Role.SUPERVISOR)
DEPUTY = SignedIn("deputy", "赵组长", Role.SUPERVISOR)
CASHIER = SignedIn("02", "李四", Role.CASHIER)


def employ(world: World, *people: SignedIn) -> None:
    """Registers them before the window opens, all with the same password; the first must be a supervisor."""
    with open_books(world.home, world.environment, world.runtime) as books:
        for one in people:
            operators.add(books, one.name, one.title, one.role, PASSWORD, by=people[0])
