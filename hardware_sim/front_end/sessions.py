"""9001 sign in, 9002 sign out, and the sign-in that every other transaction must name."""

from sqlalchemy import Connection, bindparam, insert, select, update

from .clock import wire_time
from .ledger import next_serial, sign_ins
from .message import Request
from .office import Office, Output
from .refusal import Refusal
from .region import AREA
from .shaping import shape

_OPEN_TODAY = select(sign_ins.c.sign_no).where(
    sign_ins.c.institution_code == bindparam("institution"),
    sign_ins.c.opter_no == bindparam("operator"),
    sign_ins.c.sign_date == bindparam("day"),
    sign_ins.c.signed_out.is_(False),
)


def sign_in(office: Office, connection: Connection, request: Request) -> Output:
    """9001. One operator on several terminals of an institution gets the same number on the same day."""
    opter_no = request.node("signIn").text("opter_no")
    now = office.clock.now()
    # Taking the serial first lets two simultaneous sign-ins queue, so that the second one finds the first.
    serial = next_serial(connection, "sign")
    today = now.date().isoformat()
    asked = {"institution": request.institution_code, "operator": opter_no, "day": today}
    sign_no = connection.execute(_OPEN_TODAY, asked).scalars().first()
    if sign_no is None:
        sign_no = f"{AREA}S{serial:013d}"
        connection.execute(
            insert(sign_ins).values(
                sign_no=sign_no,
                institution_code=request.institution_code,
                opter_no=opter_no,
                sign_date=today,
                signed_out=False,
            )
        )
    return {"signinoutb": shape(office, "9001", "signinoutb", {"sign_time": wire_time(now), "sign_no": sign_no})}


def sign_out(office: Office, connection: Connection, request: Request) -> Output:
    """9002. Signs out every terminal that shares the number."""
    row = request.node("signOut")
    signed_out = connection.execute(
        update(sign_ins)
        .where(
            sign_ins.c.sign_no == row.text("sign_no"),
            sign_ins.c.opter_no == row.text("opter_no"),
            sign_ins.c.institution_code == request.institution_code,
            sign_ins.c.signed_out.is_(False),
        )
        .values(signed_out=True)
    )
    if signed_out.rowcount == 0:
        raise Refusal("签到编号不存在或已签退")
    return {"sign_time": shape(office, "9002", "sign_time", {"sign_time": wire_time(office.clock.now())})}


_OPEN_SIGN_IN = select(sign_ins.c.sign_no).where(
    sign_ins.c.sign_no == bindparam("number"),
    sign_ins.c.institution_code == bindparam("institution"),
    sign_ins.c.signed_out.is_(False),
)


def require_sign_in(connection: Connection, request: Request) -> None:
    """Checks the sign-in number of a business message.

    Raises:
        Refusal: it is missing, unknown, of another institution, or signed out.
    """
    if not request.sign_no:
        raise Refusal("报文头字段sign_no(交易签到流水号)为必填项,不能为空,请先签到")
    asked = {"number": request.sign_no, "institution": request.institution_code}
    if connection.execute(_OPEN_SIGN_IN, asked).first() is None:
        raise Refusal("交易签到流水号无效或已签退,请重新签到")
