"""What a contestant of the drain says of itself afterwards."""

from typing import NamedTuple


class Kept(NamedTuple):
    """What a contestant's own file says, as numbers of persons; ``tasks`` are failures that a person was told of."""

    done: list[str]
    open: list[str]
    tasks: list[str]
