"""Which regions a home may choose: those that come with the program, and the institution's own files."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pos_client.config import Mode
from pos_client.errors import EnvironmentProblem
from pos_client.sync.region import load_region
from pos_client.sync.words import REGION_OF_OTHER_MODE


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region that may be chosen, or the ``problem`` of a file that cannot be used."""

    id: str
    title: str
    own: bool
    problem: EnvironmentProblem | None = None


def region_choices(own_folder: Path, mode: Mode) -> list[RegionChoice]:
    """The regions for a training or a real home, by id; those of the other mode are not among them."""
    own = {file.stem for file in own_folder.glob("*.toml")}
    shipped_folder = resources.files(__package__) / "regions"
    shipped = {file.name.removesuffix(".toml") for file in shipped_folder.iterdir() if file.name.endswith(".toml")}
    choices = []
    for region_id in sorted(own | shipped):
        try:
            title = load_region(region_id, own_folder, mode).title
            choices.append(RegionChoice(region_id, title, region_id in own))
        except EnvironmentProblem as problem:
            if problem.words is not REGION_OF_OTHER_MODE:
                choices.append(RegionChoice(region_id, region_id, region_id in own, problem))
    return choices
