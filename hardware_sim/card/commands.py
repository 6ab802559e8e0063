"""``hardware-sim card`` and ``hardware-sim personas``: a persona's card in a simulated reader, until it is ended."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from hardware_sim import personas as people
from hardware_sim.card.faults import CardFault, Fault, random_plan
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.record import Recorder
from hardware_sim.card.slot import Chip, Log, Slot
from hardware_sim.readers import serving
from hardware_sim.readers.models import MODELS
from hardware_sim.readers.serving import CannotServe, Transport

#: A torn card is put in again by its holder: time enough for every reader to have seen the empty slot.
_PUT_BACK_AFTER_MS: Final = 1500
#: What lies beside the right card in the holder's purse, for the fault that confuses the two.
_OTHER_CARD: Final = "bank-card"
_NO_PSAM: Final = "none"


@click.command("personas")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
def personas(as_json: bool) -> None:
    """Lists the fictitious persons whose cards can be inserted."""
    for name in people.names():
        persona = people.load(name)
        if as_json:
            line = {"id": persona.id, "summary_zh": persona.summary_zh, "summary_en": persona.summary_en}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            click.echo(f"{persona.id:<22}{persona.summary_en} · {persona.summary_zh}")


def chip_named(name: str, option: str) -> Chip:
    """The card of a persona.

    Raises:
        BadParameter: there is none of that name.
    """
    try:
        return chip_of(people.load(name).card)
    except people.UnknownPersona as unknown:
        raise click.BadParameter(str(unknown), param_hint=option) from None


@click.command("card")
@click.option("--persona", default="zhang-jianguo", show_default=True, metavar="NAME", help="Whose card it is.")
@serving.TRANSPORT
@click.option("--no-card", is_flag=True, help="The reader is there, the card is not.")
@click.option(
    "--psam", type=click.Choice([_NO_PSAM, *PSAMS]), default=_NO_PSAM, show_default=True, help="In the second slot."
)
@serving.MODEL
@click.option("--no-echo", is_flag=True, help="A serial reader that does not send commands back.")
@serving.BAUD
@click.option(
    "--tear-after", type=click.IntRange(min=0), metavar="N", help="Pull the card out after N commands, once; then back."
)
@click.option("--mute-after", type=click.IntRange(min=0), metavar="N", help="The card falls silent after N commands.")
@serving.FAULT
@click.option("--seed", type=int, metavar="N", help="One to three faults thrown by this seed, each striking once.")
@click.option(
    "--log",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the card's session down, in words; PINs are not written.",
)
@serving.EXIT_WITH_PARENT
def card(
    *,
    persona: str,
    transport: Transport,
    no_card: bool,
    psam: str,
    model: str,
    no_echo: bool,
    baud: int | None,
    tear_after: int | None,
    mute_after: int | None,
    faults: tuple[Fault, ...],
    seed: int | None,
    log: Path | None,
    exit_with_parent: bool,
) -> None:
    """Puts a persona's card into a simulated reader and serves it until SIGTERM or Ctrl-C."""
    parent = serving.parent_to_end_with(exit_with_parent)
    serving.refuse_line_on_vpcd(transport, faults, baud)
    planned = (*faults, *_shorthands(tear_after, mute_after), *(random_plan(seed) if seed is not None else ()))
    card_faults, line_faults = serving.told_apart(planned)
    with _log(log, persona) as written:
        slot = Slot(
            chip_named(persona, "--persona"),
            card_faults,
            put_back_after_ms=_PUT_BACK_AFTER_MS,
            others=[chip_named(_OTHER_CARD, "--fault")],
            log=written,
        )
        if no_card:
            slot.remove()
        slots = [slot] if psam == _NO_PSAM else [slot, Slot(PSAMS[psam]())]
        echo = False if no_echo else None
        desk = serving.desk(transport, MODELS[model], slots, line_faults, echo=echo, baud=baud)
        click.echo(f"{persona}: {transport}{', no card' if no_card else ''}", err=True)
        desk.serve(parent)


@contextmanager
def _log(file: Path | None, persona: str) -> Iterator[Log]:
    """Where the session is written down, if anywhere."""
    if file is None:
        yield lambda _: None
        return
    try:
        recorder = Recorder(file, persona, failed=lambda trouble: _tell_broken(file, trouble))
    except OSError as trouble:
        raise CannotServe(f"{file}: {trouble}") from None
    with recorder:
        yield recorder


def _tell_broken(file: Path, trouble: OSError) -> None:
    click.echo(f"{file}: {trouble}; nothing more of the session is written down", err=True)


def _shorthands(tear_after: int | None, mute_after: int | None) -> Iterator[Fault]:
    if tear_after is not None:
        kind, at = (CardFault.TEAR_AFTER, tear_after) if tear_after else (CardFault.TEAR_BEFORE, 1)
        yield Fault(kind, at)
    if mute_after is not None:
        yield Fault(CardFault.MUTE, mute_after + 1, times=None)
