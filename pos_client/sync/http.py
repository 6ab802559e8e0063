"""The real door to the network: one POST, no retry, no redirect, and an honest word on whether it may have arrived."""

from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO

import requests
from requests.adapters import HTTPAdapter

from pos_client.runtime import HttpAnswer, NoAnswer, NotSent

#: Connections that are kept, at least as many as a drain has lanes; one more would be opened anew each time.
CONNECTIONS = 16


class RequestsHttp:
    """Posts through requests with kept-alive connections; several threads may post at once."""

    def __init__(self) -> None:
        self._session = requests.Session()
        # The front-end server stands in the institution's own network: a proxy of the environment is never meant.
        self._session.trust_env = False
        # The interface knows no cookies, and they are all of a session that threads would share and change.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=0, pool_maxsize=CONNECTIONS))

    def close(self) -> None:
        """Closes the kept connections."""
        self._session.close()

    def post(
        self,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        connect_timeout_ms: int,
        read_timeout_ms: int,
        depart: Callable[[], None] | None = None,
    ) -> HttpAnswer:
        """Posts once; ``depart`` is called when the connection stands and the body is about to leave.

        What ``depart`` raises comes through, and the request then has no body: it cannot be executed.

        Raises:
            NotSent: no connection was made.
            NoAnswer: anything else that is not a whole answer.
        """
        timeout = (connect_timeout_ms / 1000, read_timeout_ms / 1000)
        data = body if depart is None else _Departing(body, depart)
        try:
            answer = self._session.post(url, data=data, headers=headers, timeout=timeout, allow_redirects=False)
        except requests.exceptions.ConnectTimeout as error:
            raise NotSent(type(error).__name__) from error
        except requests.exceptions.ConnectionError as error:
            if _never_connected(error):
                raise NotSent(type(error).__name__) from error
            raise NoAnswer(type(error).__name__) from error
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ) as e:
            raise NotSent(str(e)) from e
        except requests.exceptions.RequestException as error:
            raise NoAnswer(type(error).__name__) from error
        return HttpAnswer(answer.status_code, dict(answer.headers), answer.content)


class _Departing(BytesIO):
    """A body that asks, when it is first read, whether it may leave."""

    def __init__(self, body: bytes, depart: Callable[[], None]) -> None:
        super().__init__(body)
        self._depart = depart

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes of the body."""
        if self.tell() == 0:
            self._depart()
        return super().read(size)


def _never_connected(error: BaseException) -> bool:
    """Whether urllib3 says that it could not even open a connection (refused, no route, no such host)."""
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    inner = error.args[0] if error.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)
