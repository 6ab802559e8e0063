"""``sale`` and ``void``: one act at the real reader and front end, without a window."""

import os
import re

import click

from pos_client.cli import sale_words
from pos_client.cli.session import as_json, print_json, real_runtime
from pos_client.cli.who import acting, allowing, by_operator
from pos_client.config import Home
from pos_client.desk.cart import Order
from pos_client.desk.provisional import estimate, settle_provisionally
from pos_client.desk.quote import quote
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk, counter_devices, open_counter, open_desk
from pos_client.desk.void import void as void_sale
from pos_client.errors import EXIT_REFUSED
from pos_client.money import NotAnAmount, fen_of_yuan, quantity
from pos_client.offline.money_book import Means, Paid
from pos_client.sync.region import AccountUse

_ITEM = re.compile(r"(?P<typed>.+?)(?:[x×*](?P<quantity>-?\d+(?:\.\d+)?))?")


def _order(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> list[Order]:
    orders = []
    for value in values:
        found = _ITEM.fullmatch(value)
        if found is None:
            raise click.BadParameter(f"{value!r} is no CODE or CODExN")
        try:
            orders.append(Order(found["typed"], quantity(found["quantity"] or 1)))
        except NotAnAmount as error:
            raise click.BadParameter(str(error)) from error
    return orders


def yuan_option(_context: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    """An amount of the command line in fen."""
    if value is None:
        return None
    try:
        return fen_of_yuan(value)
    except NotAnAmount as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option(
    "--item", "orders", multiple=True, required=True, callback=_order, metavar="CODE[xN]",
    help="Bar code, code or pinyin initials, and how many.",
)  # fmt: skip
@click.option("--tendered", "tendered_fen", callback=yuan_option, metavar="YUAN", help="Cash received; else exact.")
@click.option("--use-account", is_flag=True, help="The person lets the personal account pay.")
@click.option("--family-account", is_flag=True, help="A relative's account pays, where the region has it (家庭共济).")
@click.option("--consent", is_flag=True, help="The form for own-expense items is signed.")
@click.option("--provisional", is_flag=True, help="Without the bureau, where the region's document allows it.")
@by_operator
@as_json
@click.pass_obj
def sale(
    home: Home,
    orders: list[Order],
    tendered_fen: int | None,
    use_account: bool,
    family_account: bool,
    consent: bool,
    provisional: bool,
    operator_name: str | None,
    as_json: bool,
) -> None:
    """Sells to the person whose card is in the reader: 刷卡、试算、收款、结算、小票。

    Exit code 1 after the words "settled" means that it is settled by the bureau's figures and a difference was found.
    """
    account = _account(use_account, family_account)
    with (
        real_runtime() as runtime,
        open_desk(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as desk,
    ):
        if provisional:
            _sell_provisionally(desk, orders, tendered_fen, account, consent, as_json)
            return
        quoted = quote(desk, orders, account=account, consent_signed=consent)
        language = desk.office.settings.language
        for line in sale_words.quote_lines(desk.office, quoted, language):
            click.echo(line, err=as_json)
        desk.devices.total_known(quoted.due_fen)
        cash_fen = quoted.due_fen if tendered_fen is None else tendered_fen
        sold = settle(desk, quoted, cash_fen)
        desk.devices.money_taken([Paid(Means.CASH, cash_fen)], sold.change_fen)
        for line in sale_words.sold_lines(sold, language):
            click.echo(line, err=as_json)
        if as_json:
            print_json(sale_words.sold_record(quoted, sold))
    if sold.differences:
        raise click.exceptions.Exit(EXIT_REFUSED)


def _account(own: bool, family: bool) -> AccountUse:
    if own and family:
        raise click.UsageError("--use-account and --family-account exclude each other")
    if family:
        return AccountUse.FAMILY
    return AccountUse.OWN if own else AccountUse.NO


def _sell_provisionally(
    desk: Desk, orders: list[Order], tendered_fen: int | None, account: AccountUse, consent: bool, as_json: bool
) -> None:
    estimated = estimate(desk, orders, account=account, consent_signed=consent)
    desk.devices.total_known(estimated.due_fen)
    cash_fen = estimated.due_fen if tendered_fen is None else tendered_fen
    sold = settle_provisionally(desk, estimated, cash_fen)
    desk.devices.money_taken([Paid(Means.CASH, cash_fen)], sold.change_fen)
    for line in sale_words.provisional_lines(estimated, sold, desk.office.settings.language):
        click.echo(line, err=as_json)
    if as_json:
        print_json({"id": sold.id, "state": "PROVISIONAL", "due_fen": estimated.due_fen, "change_fen": sold.change_fen})


@click.command()
@click.argument("id_", metavar="ID")
@by_operator
@click.option("--supervisor", "supervisor_name", metavar="NAME", help="Who allows it, when the operator may not.")
@as_json
@click.pass_obj
def void(home: Home, id_: str, operator_name: str | None, supervisor_name: str | None, as_json: bool) -> None:
    """Takes a settled sale back as a whole: 撤销结算、退款。"""
    with (
        real_runtime() as runtime,
        open_counter(home, os.environ, runtime, who=lambda books: acting(books, operator_name)) as office,
        counter_devices(runtime, office.settings) as devices,
    ):
        supervisor = None if supervisor_name is None else allowing(office, supervisor_name, "void")
        voided = void_sale(office, id_, supervisor, devices=devices)
        for line in sale_words.voided_lines(voided, office.settings.language):
            click.echo(line, err=as_json)
        if as_json:
            print_json(sale_words.voided_record(voided))
