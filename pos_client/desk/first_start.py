"""The first start of a desk: whether it is one, and how what was entered becomes the settings and the books.

A training home with reader and front-end server in its environment needs no first start (design, section 8).
"""

from collections.abc import Mapping

from pos_client.config import Home, write_settings
from pos_client.desk import first_start_checks as checks
from pos_client.desk import operators
from pos_client.desk.books import Books, open_books
from pos_client.desk.draft import Draft
from pos_client.desk.operators import configured
from pos_client.desk.settings import OF_THE_BOOKS, require_may_stand
from pos_client.offline import audit
from pos_client.offline.made import was_made
from pos_client.offline.operators import Role
from pos_client.runtime import Runtime, business_date
from pos_client.sync.region import load_region

_SAID_BY_ENVIRONMENT = ("POS_CLIENT_READER", "POS_CLIENT_FRONT_END")


def is_first_start(home: Home, environment: Mapping[str, str]) -> bool:
    """Whether a person must still say what desk this is: no books yet, or a first start that was not finished."""
    if home.first_start.exists():
        return True
    said = all(environment.get(name) for name in _SAID_BY_ENVIRONMENT)
    return not (was_made(home) or said)


def finish(home: Home, environment: Mapping[str, str], runtime: Runtime, draft: Draft, password: str) -> None:
    """Writes the settings, makes the books, registers the supervisor and notes it all; may simply be done again.

    ``password``: of the supervisor; empty where there is none.

    Raises:
        Refused: E-SETTING, S-INSTCODE, S-SAMPLE, S-INSTNAME, S-DESKNO, S-OWNED, S-POLICYID, S-FIRSTBOSS, S-OP….
        EnvironmentProblem: K-01, E-REGION, E-MODE, E-HOME, D-….
    """
    values = draft.settings.values
    require_may_stand(home, values)
    checks.require_institution(draft)
    checks.require_desk(draft)
    checks.require_policy(home, draft, business_date(runtime.clock.now_utc()))
    checks.require_supervisor_named(draft, password)
    load_region(draft.text("region.id"), home.regions, draft.mode)
    write_settings(home, values)
    with open_books(home, environment, runtime) as books:
        _register(books, draft, password)
        _note(books)
    home.first_start.unlink(missing_ok=True)


def _register(books: Books, draft: Draft, password: str) -> None:
    """The first supervisor, unless an attempt before this one has registered somebody."""
    if draft.supervisor_name and not operators.listed(books):
        operators.add(books, draft.supervisor_name, draft.supervisor_title, Role.SUPERVISOR, password, by=None)


def _note(books: Books) -> None:
    said = {key: books.settings.values[key] for key in (*OF_THE_BOOKS, "region.id", "policy.id")}
    with books.store.commit() as connection:
        now, operator = books.runtime.clock.now_utc(), configured(books).name
        audit.append(connection, "desk.set_up", "", said, now=now, operator=operator)
