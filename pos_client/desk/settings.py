"""Settings as the desk changes them: what the books belong to stays, what concerns money wants a supervisor."""

from collections.abc import Callable, Mapping

from pos_client.card.readers import reader_url
from pos_client.config import Home, Mode, Settings, load_settings, refuse_wrong_settings, write_settings
from pos_client.desk.books import Books
from pos_client.desk.first_start_words import BANNER, OWNED
from pos_client.desk.operators import SignedIn, require_supervisor
from pos_client.devices import device_url
from pos_client.errors import Refused
from pos_client.offline import audit
from pos_client.offline.made import was_made
from pos_client.phrase import Phrase
from pos_client.sync.region import load_region

#: A store belongs to these for good (``offline.store``).
OF_THE_BOOKS = ("mode", "institution.code", "desk.number")
#: What any clerk may change: it concerns only how this window looks and where it prints.
OF_THE_WINDOW = frozenset({"language", "printer.name", "ui.theme", "ui.scale_percent"})

_DEVICES: Mapping[str, Callable[[str], object]] = {
    "devices.display": device_url.display,
    "devices.announcer": device_url.announcer,
    "devices.drawer": device_url.drawer,
    "devices.scanner": device_url.scanner,
}


def change_settings(books: Books, values: Mapping[str, str | int], *, by: SignedIn) -> None:
    """Changes settings, audited; what the open desk was made with changes at the next start.

    Raises:
        Refused: E-SETTING, S-OWNED, S-SUPERVISOR; nothing was saved.
        EnvironmentProblem: K-01, G-07, E-REGION, E-MODE, E-CONFIG, E-HOME, D-…; nothing was saved.
    """
    require_may_stand(books.home, values)
    if not set(values) <= OF_THE_WINDOW:
        require_supervisor(by, "settings")
    with books.store.commit() as connection:
        told = {key: value for key, value in values.items() if key != "desk.operator_name"}
        audit.append(connection, "settings.change", "", told, now=books.runtime.clock.now_utc(), operator=by.name)
        write_settings(books.home, values)


def require_may_stand(home: Home, values: Mapping[str, str | int]) -> None:
    """Refuses what cannot be set in a home, or would keep the program from starting.

    Raises:
        Refused: E-SETTING, S-OWNED.
        EnvironmentProblem: K-01, G-07, E-REGION, E-MODE, E-CONFIG.
    """
    refuse_wrong_settings(values)
    present = load_settings(home, {}).values if home.config_file.exists() else Settings({}).values
    changed = [key for key in OF_THE_BOOKS if key in values and values[key] != present.get(key)]
    if was_made(home) and changed:
        raise Refused(OWNED, found="/".join(str(present[key]) for key in OF_THE_BOOKS))
    if "reader.url" in values:
        reader_url.parse(str(values["reader.url"]))
    for key, parse in _DEVICES.items():
        parse(str(values.get(key, "")))
    if "region.id" in values:
        mode: Mode = "real" if (values.get("mode") or present.get("mode")) == "real" else "training"
        load_region(str(values["region.id"]), home.regions, mode)


def home_banner(settings: Settings) -> Phrase | None:
    """What always stands over the window of a training home; a real one has none."""
    return BANNER if settings.mode == "training" else None
