#!/usr/bin/env bash
# A short run of the kill test (make test-kill): people use a portal while its processes are killed.
set -euo pipefail
# shellcheck source=tests/support/port.sh
. "$(dirname "$0")/../support/port.sh"

unset SEED FAIRWAY_WORKERS
KILLS=30 KILL_PORT=$(free_port) exec node "$(dirname "$0")/../kill/run.mjs"
