"""What was entered at the first start so far. It lies in a file of the home until that is finished, without secrets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pos_client.config import (
    HOME_UNUSABLE,
    SETTING_OF,
    SETTINGS,
    Home,
    Mode,
    Settings,
    load_settings,
    prepare,
    write_whole,
)
from pos_client.errors import EnvironmentProblem

_DEFAULTS: Mapping[str, str | int] = {setting.key: setting.default for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Draft:
    """Settings as entered, and the first supervisor (``name`` is the sign-in name, ``title`` how the person is called).

    The password of the supervisor is never part of it.
    """

    values: Mapping[str, str | int] = field(default_factory=dict)
    supervisor_name: str = ""
    supervisor_title: str = ""
    done: tuple[str, ...] = ()
    """The steps that were entered and tested (``setup_view.Step``)."""

    def with_values(self, values: Mapping[str, str | int]) -> "Draft":
        """The draft with some values changed; whether they can stand is tested step by step."""
        return replace(self, values={**self.values, **values})

    @property
    def settings(self) -> Settings:
        """All settings that would be in force.

        What the program does on its own account it does in the supervisor's name, unless another was entered.
        """
        values = {**_DEFAULTS, **self.values}
        named = (("desk.operator", self.supervisor_name), ("desk.operator_name", self.supervisor_title))
        return Settings(values | {key: name for key, name in named if name and values[key] == _DEFAULTS[key]})

    @property
    def mode(self) -> Mode:
        """Training or real."""
        return "real" if self.values.get("mode") == "real" else "training"

    def text(self, key: str) -> str:
        """A setting that is a text."""
        return self.settings.text(key)

    def number(self, key: str) -> int:
        """A setting that is a whole number."""
        return self.settings.number(key)


def save_draft(home: Home, draft: Draft) -> None:
    """Keeps the draft, so that the first start may be left and taken up again.

    Raises:
        EnvironmentProblem: E-HOME.
    """
    record = {
        "values": dict(draft.values),
        "supervisor": {"name": draft.supervisor_name, "title": draft.supervisor_title},
        "done": list(draft.done),
    }
    prepare(home)
    try:
        write_whole(home.first_start, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise EnvironmentProblem(HOME_UNUSABLE, folder=home.folder, why=error.strerror or error) from error


def load_draft(home: Home, environment: Mapping[str, str]) -> Draft:
    """What was entered before, over what a settings file of the home and the environment say already.

    Raises:
        EnvironmentProblem: E-CONFIG, the settings file is wrong; E-HOME.
    """
    prepare(home)
    said = Draft(load_settings(home, environment).values)
    try:
        record: dict[str, Any] = json.loads(home.first_start.read_text(encoding="utf-8"))
        entered: dict[str, Any] = record["values"]
        supervisor: dict[str, Any] = record["supervisor"]
        known = {key: value for key, value in entered.items() if key in SETTING_OF}
        fitting = {key: value for key, value in known.items() if SETTING_OF[key].wrong(value) is None}
        return replace(
            said.with_values(fitting),
            supervisor_name=str(supervisor["name"]),
            supervisor_title=str(supervisor["title"]),
            done=tuple(str(step) for step in record.get("done", [])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # nothing was entered, or it cannot be read
        return said
