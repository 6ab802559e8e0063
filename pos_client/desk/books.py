"""The open store of a home, for whoever reads or keeps it without working at the counter."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pos_client.config import Home, Settings, load_settings, prepare
from pos_client.offline import catalogue
from pos_client.offline.catalogue_file import sample_catalogue
from pos_client.offline.store import Store
from pos_client.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Books:
    """The open store of a home, without a desk that works on it."""

    home: Home
    settings: Settings
    runtime: Runtime
    store: Store


@contextmanager
def open_books(home: Home, environment: Mapping[str, str], runtime: Runtime) -> Iterator[Books]:
    """Opens the store of a home; a fresh folder becomes a training home with the sample catalogue.

    Raises:
        EnvironmentProblem: E-HOME, E-CONFIG, D-KEY, D-FULL … with nothing done.
    """
    prepare(home)
    settings = load_settings(home, environment)
    store = Store.open(home, settings, runtime)
    try:
        if settings.mode == "training":
            _give_sample_catalogue(store)
        yield Books(home, settings, runtime, store)
    finally:
        store.close()


def _give_sample_catalogue(store: Store) -> None:
    with store.read() as connection:
        if catalogue.count_items(connection):
            return
    with store.commit() as connection:
        catalogue.replace_items(connection, sample_catalogue())
