"""The tables of the store. Messages are the truth; everything else is read from them or stands beside them.

All tables of :data:`APPEND_ONLY` only ever grow: triggers refuse UPDATE and DELETE, a correction is a new row that
points to the old. ``pending`` is the working list of messages without a final outcome, ``meta`` holds the identity of
the desk and the counters, ``item`` the catalogue, ``known_person`` what the bureau last said of whom, ``open_bill``
what is being made and is no bill yet.
Instants are UTC texts (ISO 8601, milliseconds, Z); business dates are Asia/Shanghai; amounts are integer fen.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, text

metadata = MetaData()

#: The Alembic version that these tables correspond to.
HEAD_VERSION = "0003"

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
    Column("kind", String, nullable=False),  # journal.Kind
    Column("about", String, ForeignKey("message.id")),  # the message that this one undoes or repeats
    Column("person_no", String, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("created_at", String, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("operator", String, nullable=False),
    Column("request", String, nullable=False),  # the body that leaves, secrets replaced
    Column("visit", String, ForeignKey("message.id")),  # the registration or admission that it belongs to
    Column("own_number", String, nullable=False),  # the visit's of an opening, the batch of charges and settlements
    Column("skew_ms", Integer, nullable=False),  # this machine's clock minus the bureau's when it was written
    Index("message_by_about", "about"),
    Index("message_by_date", "business_date"),
    Index("message_by_visit", "visit"),
    Index("message_by_person", "person_no"),
    Index("message_by_kind", "kind", text("length(id)"), "id"),
    Index("message_by_shift", "business_date", "operator", "kind", text("length(id)"), "id", "created_at"),
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
    Column("asking", String, nullable=False),  # what the last attempt came to: resolve.Result, else empty
    Column("why", String, nullable=False),  # in the words of whoever said it
)

visit = Table(
    "visit",
    metadata,
    Column("id", String, ForeignKey("message.id"), primary_key=True),
    Column("visit_id", String, nullable=False),  # the bureau's number
)

remark = Table(
    "remark",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, ForeignKey("message.id"), nullable=False),
    Column("at", String, nullable=False),
    Column("operator", String, nullable=False),
    Column("remark", String, nullable=False),  # journal.Remark
    Index("remark_by_id", "id"),
)

task = Table(
    "task",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),  # tasks.TaskKind
    Column("subject", String, nullable=False),  # what it is about: a message's id, or a day and a group of totals
    Column("evidence", String, nullable=False),  # JSON, no personal data
    Index("task_by_subject", "subject"),
)

task_done = Table(
    "task_done",
    metadata,
    Column("number", Integer, ForeignKey("task.number"), primary_key=True),
    Column("at", String, nullable=False),
    Column("operator", String, nullable=False),
    Column("how", String, nullable=False),
)

operator = Table(
    "operator",
    metadata,
    Column("number", Integer, primary_key=True),  # the newest row of a name is in force
    Column("name", String, nullable=False),
    Column("title", String, nullable=False),
    Column("role", String, nullable=False),  # operators.Role; empty: may no longer work here
    Column("secret", String, nullable=False),  # scrypt: salt and hash
    Column("at", String, nullable=False),
    Index("operator_by_name", "name"),
)

backup = Table(
    "backup",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("file", String, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
)

sale = Table(
    "sale",
    metadata,
    Column("id", String, ForeignKey("message.id"), primary_key=True),
    Column("total_fen", Integer, nullable=False),
    Column("record", String, nullable=False),  # lines, person, our split, policy and trial as they were shown
    Index("sale_by_name", text("json_extract(record, '$.person.name')"), "id"),
    Index("sale_by_total", "total_fen"),
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
    Index("settlement_by_cash", "cash_fen"),
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
    Column("entry", String, nullable=False),  # money_book.Entry
    Column("means", String, nullable=False),  # money_book.Means
    Column("amount_fen", Integer, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("operator", String, nullable=False),
    Column("reference", String, nullable=False),  # of a payment that leaves a trace elsewhere, else empty
    Column("shift", String, nullable=False),  # business date and operator
    Index("money_by_id", "id"),
    Index("money_by_shift", "shift", "at"),
)

custody = Table(
    "custody",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("stay", String, ForeignKey("message.id"), nullable=False),
    Column("document", String, nullable=False),  # insurance_certificate | ic_card
    Column("moved", String, nullable=False),  # taken | returned
    Column("at", String, nullable=False),
    Column("operator", String, nullable=False),
    Index("custody_by_stay", "stay"),
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
    Index("item_by_length", text("length(initials)"), "initials", "code"),
    Index("item_by_name", "name", "code"),
)

open_bill = Table(
    "open_bill",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("opened_at", String, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("operator", String, nullable=False),
    Column("parked_at", String),  # null: it is in work
    Column("label", String, nullable=False),  # a masked name, or empty
    Column("record", String, nullable=False),  # JSON: what was entered; no card number, id number or token
)

known_person = Table(
    "known_person",
    metadata,
    Column("card_number", String, primary_key=True),
    Column("person_no", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("record", String, nullable=False),  # what 1101, 2001 and 5206 said
)

#: Tables whose rows are never changed or removed.
APPEND_ONLY = (
    *(message, outcome, visit, sale, settlement, difference, remark, money),
    *(task, task_done, operator, backup, audit, custody),
)
