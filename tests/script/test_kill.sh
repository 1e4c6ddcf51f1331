#!/usr/bin/env bash
# A short run of the kill test (make test-kill): people use a portal while its processes are killed.
set -euo pipefail

unset SEED FAIRWAY_WORKERS
KILLS=30 KILL_PORT=$((40000 + RANDOM % 10000)) exec node "$(dirname "$0")/../kill/run.mjs"
