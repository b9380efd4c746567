#!/usr/bin/env bash
# Opens the program on the sample facility; where there is no display it plays the sample day offscreen instead
# and leaves screenshots, PDFs and day.json in demo-output/.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=.venv/bin
display=${DISPLAY:-}${WAYLAND_DISPLAY:-}
case "$(uname -s)" in
  Darwin) display=yes ;;
  MINGW* | MSYS* | CYGWIN*) display=yes bin=.venv/Scripts ;;
esac

"$bin/python" -m compileall -q facility_app
if [ -n "$display" ]; then
  exec "$bin/python" -m facility_app demo
fi
echo "No display: playing the sample day offscreen into demo-output/"
# Qt's offscreen platform says for every window that it cannot pass on size hints; nobody needs to read that.
QT_QPA_PLATFORM=offscreen "$bin/python" -m facility_app demo --offscreen --out demo-output \
  2> >(grep --line-buffered -v "does not support propagateSizeHints" >&2)
