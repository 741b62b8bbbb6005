"""Hooks of schemathesis: sign-in, addresses of things that exist, a strict document."""

import os
import random
import sys

import schemathesis
from schemathesis.core.parameters import ParameterLocation

sys.path.insert(0, os.path.dirname(__file__))
from client import Client  # noqa: E402

BASE_URL = os.environ["BASE_URL"]
LOGIN = os.environ.get("FUZZ_LOGIN")
PASSWORD = os.environ.get("FUZZ_PASSWORD")
# Users whose accounts carry the run: nothing that changes or ends them is sent to their ids, or the run would go on as
# a visitor without anybody noticing. The same operations are sent with the ids of everybody else.
KEPT = set(os.environ.get("FUZZ_KEPT", "").split())
RANDOM = random.Random(int(os.environ.get("FUZZ_SEED", "1")))


if LOGIN:
    # Signs in again whenever a request was answered 401, as after `DELETE /session`.
    @schemathesis.auth()
    class SignIn:
        def get(self, case, context):
            return Client(BASE_URL, LOGIN, PASSWORD).token

        def set(self, case, token, context):
            case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    # `default` documents every status at once; without it each status an operation really answers must be listed.
    for item in raw_schema["paths"].values():
        for operation in item.values():
            operation["responses"].pop("default", None)


# Where the ids of things that exist come from. A random UUID finds nothing, and nothing behind the 404 is tested.
LISTS = {
    "/api/v1/archives/{id}": ("/archives", "id"),
    "/api/v1/cases/{case_no}": ("/cases", "case_no"),
    "/api/v1/codes/{set}": ("/codes", "set"),
    "/api/v1/drafts/{id}": ("/drafts", "id"),
    "/api/v1/employer/batches/{case_no}": ("/cases", "case_no"),
    "/api/v1/items/{code}": ("/items", "code"),
    "/api/v1/levy_runs/{id}": ("/levy_runs", "id"),
    "/api/v1/messages/{id}": ("/messages", "id"),
    "/api/v1/parameters/proposals/{id}": ("/parameters/proposals", "id"),
    "/api/v1/parameters/{key}": ("/parameters", "key"),
    "/api/v1/people/{person_no}": ("/employer/staff", "person_no"),
    "/api/v1/sessions/{id}": ("/sessions", "id"),
    "/api/v1/tasks/{id}": ("/tasks?view=claimed", "id"),
    "/api/v1/users/{id}": ("/users?size=100", "id"),
}
known = {}
asked = 0


def values(prefix):
    """Ids under `prefix`, asked for afresh now and then, because the run creates and deletes."""
    global asked
    asked += 1
    if prefix not in known or asked % 40 == 0:
        if prefix == "/api/v1/documents/{id}":
            known[prefix] = os.environ.get("FUZZ_DOCUMENTS", "").split()
        elif prefix == "/api/v1/verification/{code}":
            known[prefix] = os.environ.get("FUZZ_VERIFY_CODES", "").split()
        else:
            known[prefix] = listed(*LISTS[prefix])
    return known[prefix]


def listed(path, key):
    client = Client(BASE_URL, LOGIN, PASSWORD)
    found = []
    for path in [path, path.replace("claimed", "todo")]:
        answer = client.ask("GET", path)
        rows = answer.json() if answer.ok else []
        rows = rows["rows"] if isinstance(rows, dict) else rows
        found += [row[key] if isinstance(row, dict) else row for row in rows]
    client.ask("DELETE", "/session")
    return sorted(set(found))


PREFIXES = [*LISTS, "/api/v1/documents/{id}", "/api/v1/verification/{code}"]


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    parameters = case.path_parameters or {}
    prefix = next((prefix for prefix in PREFIXES if path == prefix or path.startswith(prefix + "/")), None)
    negative = case.meta is not None and case.meta.is_negative_at(ParameterLocation.PATH)
    public_list = prefix in ("/api/v1/documents/{id}", "/api/v1/verification/{code}")
    if prefix and not negative and (LOGIN or public_list) and RANDOM.random() < 0.7:
        candidates = values(prefix)
        name = prefix[prefix.rindex("{") + 1 : -1]
        if candidates and name in parameters:
            parameters[name] = RANDOM.choice(candidates)
    if path.startswith("/api/v1/users/") and case.method != "GET" and parameters.get("id") in KEPT:
        parameters["id"] = "019a0000-0000-7000-8000-000000000000"
