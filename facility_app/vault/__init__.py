"""The place of the PIN vault (design §7).  Not built yet: nothing in the program holds a PIN."""
