"""``card pin`` and ``card account``: what the holder's PIN opens. A PIN is asked for unseen and kept nowhere."""

import click

from pos_client.card.account import CardAccount
from pos_client.cli.card import card, cards, reader_option
from pos_client.cli.secret import secret
from pos_client.cli.session import as_json, print_json
from pos_client.config import Home
from pos_client.money import yuan

last_try_option = click.option("--last-try", is_flag=True, help="Use the last try, which locks the card when wrong.")
on_pad_option = click.option("--on-pad", is_flag=True, help="At the reader's own PIN pad instead of this keyboard.")


@card.group("pin")
def pin() -> None:
    """The card's PIN: 卡密码。"""


@pin.command("tries")
@reader_option
@click.pass_obj
def tries(home: Home, reader: str | None) -> None:
    """How often it may still be tried; uses up nothing."""
    with cards(home, reader) as (process, _):
        _tell(process.pin_tries_left())


@pin.command("verify")
@reader_option
@on_pad_option
@last_try_option
@click.pass_obj
def verify(home: Home, reader: str | None, on_pad: bool, last_try: bool) -> None:
    """Has the card check it, once."""
    typed = None if on_pad else secret("卡密码 / PIN")
    with cards(home, reader) as (process, _):
        _tell(process.verify_pin(typed, last_try_confirmed=last_try))


@pin.command("change")
@reader_option
@on_pad_option
@click.option("--digits", type=click.IntRange(4, 12), default=6, show_default=True, help="Of both, at a PIN pad.")
@last_try_option
@click.pass_obj
def change(home: Home, reader: str | None, on_pad: bool, digits: int, last_try: bool) -> None:
    """Has the card take another one."""
    old = None if on_pad else secret("现在的卡密码 / present PIN")
    new = None if on_pad else secret("新的卡密码 / new PIN", twice=True)
    with cards(home, reader) as (process, _):
        _tell(process.change_pin(old, new, digits=digits, last_try_confirmed=last_try))


def _tell(tries_left: int | None) -> None:
    click.echo(
        "没有设密码 / no PIN is set" if tries_left is None else f"还可输 {tries_left} 次 / tries left: {tries_left}"
    )


@card.command("account")
@reader_option
@click.option("--pin", "ask_pin", is_flag=True, help="Ask for the card's PIN, which most cards want for this.")
@on_pad_option
@as_json
@click.pass_obj
def account(home: Home, reader: str | None, ask_pin: bool, on_pad: bool, as_json: bool) -> None:
    """Looks at the medical insurance and the account on the card; nothing on it is changed: 卡内医保信息。"""
    typed = secret("卡密码 / PIN") if ask_pin and not on_pad else None
    with cards(home, reader) as (process, _):
        found = process.account(typed, on_pad=on_pad)
    if as_json:
        print_json(found.as_value())
    else:
        _tell_account(found)


def _tell_account(found: CardAccount) -> None:
    medical, purse = found.medical, found.purse
    click.echo(f"险种 / insurance {medical.insurance_type}  人员类别 / person {medical.person_type}  {medical.region}")
    if found.purse_wants_pin:
        click.echo("卡内账户要卡密码才能看（--pin）/ the account on the card wants the PIN (--pin)")
    elif purse is None:
        click.echo("卡内账户没有开通 / no account is open on the card")
    if purse is None:
        return
    click.echo(f"卡内余额 / balance {yuan(purse.balance_fen)}  {purse.year}")
    for one in purse.transactions:
        sums = " ".join(yuan(fen) for fen in (one.account_fen, one.own_fen, one.pool_fen))
        click.echo(f"  {one.at:%Y-%m-%d %H:%M}  {sums}")
