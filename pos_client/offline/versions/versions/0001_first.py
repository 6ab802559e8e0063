"""The first version of the store.

A version, once released, is never edited: it creates what stood then, not what stands in ``schema`` today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("message", "outcome", "sale", "settlement", "difference", "money", "audit")


def _text(name: str, **more: object) -> sa.Column[str]:
    return sa.Column(name, sa.String, **({"nullable": False} | more))  # type: ignore[arg-type]  # kwargs of Column


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _of_message(primary: bool = False) -> sa.Column[str]:
    return sa.Column("id", sa.String, sa.ForeignKey("message.id"), nullable=False, primary_key=primary)


def _row_number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True)


def upgrade() -> None:
    """Creates the tables, their indexes and the triggers that keep the truth append-only."""
    op.create_table("meta", _text("name", primary_key=True), _text("value"))
    op.create_table(
        "message",
        _text("id", primary_key=True),
        sa.Column("message_id", sa.String(30), nullable=False, unique=True),
        *(_text(name) for name in ("transaction", "kind")),
        sa.Column("about", sa.String, sa.ForeignKey("message.id")),
        _text("person_no"),
        _number("amount_fen"),
        *(_text(name) for name in ("business_date", "created_at")),
        _number("desk"),
        *(_text(name) for name in ("operator", "request")),
    )
    op.create_index("message_by_about", "message", ["about"])
    op.create_index("message_by_date", "message", ["business_date"])
    op.create_table(
        "outcome",
        _row_number(),
        _of_message(),
        _text("state"),
        _text("at"),
        _text("answer", nullable=True),
        _text("evidence"),
    )
    op.create_index("outcome_by_id", "outcome", ["id"])
    op.create_table("pending", _of_message(primary=True), _number("tries"), _text("next_try_at"))
    op.create_table("sale", _of_message(primary=True), _number("total_fen"), _text("record"))
    op.create_table(
        "settlement",
        _of_message(primary=True),
        *(_text(name) for name in ("settlement_id", "visit_id", "settled_at")),
        *(_number(name) for name in ("total_fen", "fund_fen", "account_fen", "cash_fen")),
        *(_text(name) for name in ("insurance_type", "clearing_type", "clearing_agency")),
    )
    op.create_index("settlement_by_settlement_id", "settlement", ["settlement_id"])
    op.create_table(
        "difference",
        _row_number(),
        _of_message(),
        _text("stage"),
        _text("figure"),
        _number("ours_fen"),
        _number("bureau_fen"),
    )
    op.create_index("difference_by_id", "difference", ["id"])
    op.create_table(
        "money",
        _row_number(),
        _of_message(),
        *(_text(name) for name in ("at", "business_date", "entry", "means")),
        _number("amount_fen"),
        _number("desk"),
        _text("operator"),
    )
    op.create_index("money_by_id", "money", ["id"])
    op.create_table(
        "audit", _row_number(), *(_text(name) for name in ("at", "operator", "act", "subject", "detail", "chain"))
    )
    _create_catalogue()
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


def _create_catalogue() -> None:
    op.create_table(
        "item",
        _text("code", primary_key=True),
        *(_text(name) for name in ("name", "spec", "unit", "maker", "barcode")),
        *(_text(name) for name in ("national_code", "kind", "cls")),
        *(_text(name, nullable=True) for name in ("pre_self_pay_percent", "limit_price")),
        _text("unit_price"),
        *(_number(name) for name in ("consent", "essential", "rx")),
        _text("initials"),
    )
    op.create_index("item_by_barcode", "item", ["barcode"])
    op.create_index("item_by_initials", "item", ["initials"])
