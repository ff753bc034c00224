#!/bin/sh
# Creates and starts four tasks that run pipeline.sh with different environments, over the REST API.
# Usage: ./grid.sh [URL that pyr printed]
set -eu
cd "$(dirname "$0")"
url="${1:-http://127.0.0.1:8099}"
url="${url%/}"
text=$(python3 -c 'import json, sys; print(json.dumps(sys.stdin.read()))' < pipeline.sh)

# api METHOD PATH JSON: sends a request about the shell workspace; fails when it is refused.
api() {
    curl --silent --show-error --fail --output /dev/null --request "$1" "$url/api/$2" \
        --header 'Content-Type: application/json' --header 'X-Pyruns-Workspace: _shell_' --data "$3"
}

names=""
for power in 1 2 4 8; do
    name="power-$power"
    api POST generator/create "{
        \"mode\": \"shell\", \"shell_text\": $text,
        \"name_prefix\": \"$name\", \"append_timestamp\": false
    }" || { echo "could not create $name. Does pyr serve $url, and is that name free?" >&2; exit 1; }
    api PATCH "tasks/$name/env" "{\"env\": {\"POWER\": \"$power\"}}"
    names="$names${names:+, }\"$name\""
    echo "created $name"
done
api POST tasks/batch/run "{\"task_names\": [$names], \"max_workers\": 2}"
echo "started; watch them at $url/tasks?ws=_shell_"
