# Sourced by tools/e2e and tools/bench: start a server of our own on empty data, stop it at the end.

free_port() { node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

# Empty data and free ports, for this shell and what it starts; the data go when the shell ends.
own_data() {
  SERVER_DATA="$(mktemp -d "${TMPDIR:-/tmp}/renshe-server.XXXXXX")"
  # PostgreSQL may run as another user and must pass through.
  chmod 755 "$SERVER_DATA"
  export RENSHE_DATA_DIR="$SERVER_DATA" RENSHE_HTTP__LISTEN="127.0.0.1:$(free_port)" RENSHE_DATABASE__PORT="$(free_port)"
  export RENSHE_SECRETS__SESSION_KEY_FILE="$SERVER_DATA/secrets/session.key"
  export BASE_URL="http://$RENSHE_HTTP__LISTEN" CREDENTIALS="$SERVER_DATA/demo-passwords.txt"
  trap stop_server EXIT
}

# start_server PROGRAM [COMMAND]: sets BASE_URL and CREDENTIALS.
start_server() {
  local program="$1" command="${2:-run}"
  [[ -n "${SERVER_DATA:-}" ]] || own_data
  "$program" "$command" >"$SERVER_DATA/server.log" 2>&1 &
  SERVER_PID=$!
  for _ in $(seq 300); do
    if ! kill -0 "$SERVER_PID" 2>/dev/null; then
      echo "the server ended while starting:" >&2
      tail -n 50 "$SERVER_DATA/server.log" >&2
      exit 1
    fi
    if node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$BASE_URL/readyz"; then return; fi
    sleep 1
  done
  echo "the server was not ready after 300 s:" >&2
  tail -n 50 "$SERVER_DATA/server.log" >&2
  exit 1
}

stop_server() {
  local status=$?
  if [[ -n "${SERVER_PID:-}" ]]; then
    kill -TERM "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" 2>/dev/null || true
  fi
  if [[ $status -ne 0 && -f "$SERVER_DATA/server.log" ]]; then
    mkdir -p var/test
    cp "$SERVER_DATA/server.log" var/test/server.log
    echo "server log: var/test/server.log" >&2
  fi
  rm -rf "$SERVER_DATA"
  exit $status
}
