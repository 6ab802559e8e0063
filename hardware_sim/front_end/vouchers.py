"""Electronic vouchers (医保电子凭证): the code that a person shows on the phone, good once and for a few minutes."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from .clock import wire_time
from .ledger import vouchers
from .refusal import Refusal

GOOD_FOR: Final = timedelta(minutes=5)
_DIGITS: Final = 28


def issue(connection: Connection, psn_no: str, now: datetime) -> tuple[str, datetime]:
    """A new token for a person, and until when it is good."""
    token, expires_at = str(secrets.randbelow(10**_DIGITS)).zfill(_DIGITS), now + GOOD_FOR
    row = {"token": token, "psn_no": psn_no, "expires_at": wire_time(expires_at), "used": False}
    connection.execute(insert(vouchers).values(row))
    return token, expires_at


def redeem(connection: Connection, token: str, now: datetime) -> str:
    """The person number of a token, which is used up by it unless the message is refused.

    Raises:
        Refusal: nobody was given it, its time is over, or it was used before.
    """
    good = vouchers.c.token == token, vouchers.c.expires_at > wire_time(now)
    taken = update(vouchers).where(*good, vouchers.c.used.is_(False)).values(used=True).returning(vouchers.c.psn_no)
    psn_no = connection.execute(taken).scalar_one_or_none()
    if psn_no is not None:
        return str(psn_no)
    if connection.execute(select(vouchers.c.psn_no).where(*good)).first() is not None:
        raise Refusal("医保电子凭证令牌已使用,请刷新后重新扫码")
    raise Refusal("医保电子凭证令牌无效或已过期")
