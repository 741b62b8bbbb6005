"""Prepares a few cases and drafts, then runs schemathesis once for each kind of user, two at a time."""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

from client import HEADERS, Client

HERE = pathlib.Path(__file__).parent
BASE_URL = os.environ["BASE_URL"]
RESULTS = HERE.parent.parent / "var" / "test" / "schemathesis"
SEED = os.environ.get("FUZZ_SEED", "1")
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "20")
VISITOR = "-"
# A citizen, an employer's operator, two officers of whom dispatch chooses, payment, parameters, the archive. The
# administrators come last and alone: what they do to other accounts would end the runs of the others.
USERS = [VISITOR, "zhengxiaomei", "qianjingban", "shouli1", "chushen1", "caiwu1", "canshu1", "dangan1"]
ADMINISTRATORS = ["anquan1", "xitong1"]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def passwords():
    lines = pathlib.Path(os.environ["CREDENTIALS"]).read_text().splitlines()
    return dict(line.split("\t") for line in lines if "\t" in line)


def key_data_change(client, submit):
    """A change of name, with its material: a case for the officers when submitted, else a full draft."""
    draft = client.must("POST", "/drafts", json={"item_code": "SI-CB-023"})["id"]
    fields = {"change_items": ["name"], "new_name": "周小雅", "basis": "rename", "basis_doc_no": "沪公户〔2026〕12号"}
    fields["basis_date"] = "2026-06-01"
    if client.me["kind"] == "employer":
        fields["person_no"] = client.must("GET", "/employer/staff")["rows"][0]["person_no"]
    client.must("PATCH", f"/drafts/{draft}", json={"fields": fields})
    client.must("POST", f"/drafts/{draft}/prefill")
    upload = {"file": ("户籍变更证明.pdf", PDF, "application/pdf")}
    client.must("POST", f"/drafts/{draft}/materials/HUKOU", files=upload)
    if submit:
        client.must("POST", f"/drafts/{draft}/submission")


def prepare(secrets):
    """Something of everything, and what the users need to know of it."""
    for login in ["wujianguo", "zhengxiaomei"]:
        key_data_change(Client(BASE_URL, login, secrets[login]), submit=True)
    for login in ["zhengxiaomei", "qianjingban"]:
        client = Client(BASE_URL, login, secrets[login])
        key_data_change(client, submit=False)
    operator = Client(BASE_URL, "qianjingban", secrets["qianjingban"])
    documents = []
    for row in operator.must("GET", "/cases")["rows"]:
        documents += operator.must("GET", f"/cases/{row['case_no']}")["documents"]
    environment = {
        "FUZZ_DOCUMENTS": " ".join(document["id"] for document in documents),
        "FUZZ_VERIFY_CODES": " ".join(document["verify_code"] for document in documents),
    }
    kept = [Client(BASE_URL, login, secrets[login]).me["user_id"] for login in ADMINISTRATORS]
    return environment | {"FUZZ_KEPT": " ".join(kept)}


def run(login, secrets, environment):
    """One user's run: (login, exit status, seconds, summary lines)."""
    name = "visitor" if login == VISITOR else login
    more = {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "FUZZ_SEED": SEED}
    if login != VISITOR:
        more |= {"FUZZ_LOGIN": login, "FUZZ_PASSWORD": secrets[login]}
    command = [f"{sys.prefix}/bin/schemathesis", "--config-file", str(HERE / "schemathesis.toml"), "run"]
    command += [f"{BASE_URL}/api/openapi.json", "--url", BASE_URL, "--no-color", "--continue-on-failure"]
    for header, value in HEADERS.items():
        command += ["--header", f"{header}: {value}"]
    command += ["--max-examples", EXAMPLES, "--seed", SEED, "--request-timeout", "30", "--warnings", "off"]
    command += ["--report", "ndjson", "--report-ndjson-path", str(RESULTS / f"{name}.ndjson")]
    started = time.monotonic()
    done = subprocess.run(command, env=os.environ | environment | more, capture_output=True, text=True)
    text = done.stdout + done.stderr
    (RESULTS / f"{name}.txt").write_text(text)
    return name, done.returncode, time.monotonic() - started, text


def main():
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.iterdir():
        old.unlink()
    secrets = passwords()
    chosen = os.environ.get("FUZZ_USERS", "").split() or USERS + ADMINISTRATORS
    environment = prepare(secrets)
    failed = []
    for group, workers in [(USERS, 2), (ADMINISTRATORS, 1)]:
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            runs = [pool.submit(run, login, secrets, environment) for login in group if login in chosen]
            for finished in concurrent.futures.as_completed(runs):
                name, status, seconds, text = finished.result()
                cases = re.search(r"(\d+) generated.*", text)
                print(f"{name:14} {seconds:4.0f} s  {cases.group(0) if cases else 'no requests'}", flush=True)
                if status != 0:
                    failed.append(name)
                    print(text, flush=True)
    if failed:
        sys.exit(f"findings as {', '.join(failed)}: see var/test/schemathesis/")


if __name__ == "__main__":
    main()
