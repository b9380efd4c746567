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
QT_QPA_PLATFORM=offscreen exec "$bin/python" -m facility_app demo --offscreen --out demo-output
