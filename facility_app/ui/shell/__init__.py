"""The parts of the window around the pages: header, strip, navigation, status bar."""
