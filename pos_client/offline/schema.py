"""The tables of the store. Messages are the truth; everything else is read from them or stands beside them.

``message``, ``outcome``, ``settlement``, ``difference``, ``sale``, ``money`` and ``audit`` only ever grow: triggers
refuse UPDATE and DELETE, a correction is a new row that points to the old. ``pending`` is the working list of
messages without a final outcome, ``meta`` holds the identity of the desk and the counters, ``item`` the catalogue.
Instants are UTC texts (ISO 8601, milliseconds, Z); business dates are Asia/Shanghai; amounts are integer fen.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table

metadata = MetaData()

#: The Alembic version that these tables correspond to.
HEAD_VERSION = "0001"

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("id", String, primary_key=True),  # desk and running number: 01-000007
    Column("message_id", String(30), nullable=False, unique=True),
    Column("transaction", String(8), nullable=False),
    Column("kind", String, nullable=False),  # settle | void | reversal
    Column("about", String, ForeignKey("message.id")),  # the message that a void or a reversal undoes
    Column("person_no", String, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("created_at", String, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("operator", String, nullable=False),
    Column("request", String, nullable=False),  # the body that leaves, secrets replaced
    Index("message_by_about", "about"),
    Index("message_by_date", "business_date"),
)

outcome = Table(
    "outcome",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, ForeignKey("message.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("at", String, nullable=False),
    Column("answer", String),  # the whole answer as it came
    Column("evidence", String, nullable=False),
    Index("outcome_by_id", "id"),
)

pending = Table(
    "pending",
    metadata,
    Column("id", String, ForeignKey("message.id"), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", String, nullable=False),
)

sale = Table(
    "sale",
    metadata,
    Column("id", String, ForeignKey("message.id"), primary_key=True),
    Column("total_fen", Integer, nullable=False),
    Column("record", String, nullable=False),  # lines, person, our split, policy and trial as they were shown
)

settlement = Table(
    "settlement",
    metadata,
    Column("id", String, ForeignKey("message.id"), primary_key=True),
    Column("settlement_id", String, nullable=False),
    Column("visit_id", String, nullable=False),
    Column("settled_at", String, nullable=False),  # the bureau's clock, Asia/Shanghai
    Column("total_fen", Integer, nullable=False),
    Column("fund_fen", Integer, nullable=False),
    Column("account_fen", Integer, nullable=False),
    Column("cash_fen", Integer, nullable=False),
    Column("insurance_type", String, nullable=False),
    Column("clearing_type", String, nullable=False),
    Column("clearing_agency", String, nullable=False),
    Index("settlement_by_settlement_id", "settlement_id"),
)

difference = Table(
    "difference",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, ForeignKey("message.id"), nullable=False),
    Column("stage", String, nullable=False),  # trial | settlement
    Column("figure", String, nullable=False),
    Column("ours_fen", Integer, nullable=False),
    Column("bureau_fen", Integer, nullable=False),
    Index("difference_by_id", "id"),
)

money = Table(
    "money",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, ForeignKey("message.id"), nullable=False),
    Column("at", String, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("entry", String, nullable=False),  # tender | receipt | change | hand_back | refund
    Column("means", String, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("operator", String, nullable=False),
    Index("money_by_id", "id"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("operator", String, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("chain", String(64), nullable=False),  # SM3(previous chain ‖ this row)
)

item = Table(
    "item",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("spec", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("maker", String, nullable=False),
    Column("barcode", String, nullable=False),
    Column("national_code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("cls", String(1), nullable=False),
    Column("pre_self_pay_percent", String),
    Column("limit_price", String),
    Column("unit_price", String, nullable=False),
    Column("consent", Integer, nullable=False),
    Column("essential", Integer, nullable=False),
    Column("rx", Integer, nullable=False),
    Column("initials", String, nullable=False),
    Index("item_by_barcode", "barcode"),
    Index("item_by_initials", "initials"),
)

#: Tables whose rows are never changed or removed.
APPEND_ONLY = (message, outcome, sale, settlement, difference, money, audit)
