"""What must hold before any test module is imported."""

from __future__ import annotations

import os

# No window flashes up while tests run, and they run where there is no display at all.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
