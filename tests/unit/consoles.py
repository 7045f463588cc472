"""Clients of the console, and servers that sign them in."""

import json

import httpx

import unit.twins
from dify_sdk import AsyncConsoleClient, ConsoleClient
from dify_sdk.console.session import Session
from unit.twins import answer

HTTPS = "https://dify.test"
LOGIN, REFRESH, LOGOUT, TAGS = (f"{verb} /console/api/{path}" for verb, path in (
    ("POST", "login"), ("POST", "refresh-token"), ("POST", "logout"), ("GET", "tags?type=app")))  # fmt: skip
PASSWORD, ENCODED = "Passw0rd123", "UGFzc3cwcmQxMjM="


def console(twin, server, email="ann@example.com", password=PASSWORD, **settings):
    kind = AsyncConsoleClient if twin.is_async else ConsoleClient
    return kind(email, password, **{"base_url": HTTPS, "max_retries": 0, "http_client": twin.http(server), **settings})


def with_session(twin, server, **settings):
    return console(twin, server, None, None, session=session(), **settings)


def session(number=1, prefix=""):
    return Session({f"{prefix}{name}_token": f"{name}-{number}" for name in ("access", "refresh", "csrf")})


def signed_in(number=1, prefix="", body=None):
    told = [("set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Lax") for name, value in session(number, prefix).cookies.items()]
    return httpx.Response(200, headers=told, json=body or {"result": "success"})


def refused(message="Token has expired.", code="unauthorized", status=401, **headers):
    return answer({"code": code, "message": message, "status": status}, status=status, **headers)


def tags():
    return answer([])


class Server(unit.twins.Server):
    """Remembers the headers as they were: a request that is sent again is the same one with another session."""

    def __init__(self, *replies):
        super().__init__(*replies)
        self.headers = []

    def __call__(self, request):
        self.headers.append(dict(request.headers))
        return super().__call__(request)

    def sent(self, number):
        return json.loads(self.asked[number].content)

    def shown(self, name="cookie"):
        return [headers.get(name) for headers in self.headers]


def cookie(number, prefix=""):
    return "; ".join(f"{name}={value}" for name, value in session(number, prefix).cookies.items())
