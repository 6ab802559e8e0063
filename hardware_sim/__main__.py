"""The way in: ``hardware-sim`` or ``python -m hardware_sim``."""

from hardware_sim.cli import cli


def main() -> None:
    """Runs ``hardware-sim`` and ends the process."""
    cli(prog_name="hardware-sim")


if __name__ == "__main__":
    main()
