"""The place of the PIN vault (design §7).  It is not built yet: nothing in the program holds a PIN."""
