"""HTTP to the server under test, from many loopback addresses, and sign-in."""

import random

import requests
import urllib3.util.connection as connection

_connect = connection.create_connection


def _from_anywhere(address, timeout=None, source_address=None, socket_options=None):
    # The server limits requests without a session and sign-ins per client address. The limits stay on; each connection
    # comes from an address of its own within 127.0.0.0/8, as requests of many citizens do. It always goes to 127.0.0.1.
    if address[0] != "127.0.0.1":
        raise OSError(f"the server under test is on 127.0.0.1, not on {address[0]}")
    octets = (random.randint(1, 250) for _ in range(3))
    source = ("127." + ".".join(str(octet) for octet in octets), 0)
    return _connect(address, timeout, source, socket_options)


connection.create_connection = _from_anywhere

HEADERS = {"X-Requested-With": "renshe", "Connection": "close"}


class Client:
    """One signed-in user."""

    def __init__(self, base_url, login, password):
        self.base_url = base_url
        self.login = login
        answer = requests.post(
            f"{base_url}/api/v1/session", json={"login": login, "password": password}, headers=HEADERS, timeout=30
        )
        if answer.status_code != 200:
            raise RuntimeError(f"{login} can't sign in: {answer.status_code} {answer.text}")
        self.me = answer.json()
        self.token = self.me["token"]

    def ask(self, method, path, **request):
        headers = HEADERS | {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, f"{self.base_url}/api/v1{path}", headers=headers, timeout=30, **request)

    def must(self, method, path, **request):
        answer = self.ask(method, path, **request)
        if not answer.ok:
            raise RuntimeError(f"{self.login}: {method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None
