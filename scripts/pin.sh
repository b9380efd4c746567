#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: exact versions, hashes of every platform's files, no index URLs.
# Needs `uv` on the PATH (only here: nothing else uses it).  --upgrade as an argument takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() {
  uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url "$@"
}

pin "$@" -o requirements/run.txt pyproject.toml
pin "$@" -c requirements/run.txt -o requirements/dev.txt --group dev --extra postgres pyproject.toml
pin "$@" -c requirements/run.txt -o requirements/postgres.txt --extra postgres pyproject.toml
pin "$@" -o requirements/build.txt - <<'BUILD'
hatchling
editables
setuptools
wheel
BUILD
