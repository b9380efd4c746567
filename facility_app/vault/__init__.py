"""The PIN vault (design §7): PINs held apart, sent to the card without anyone seeing them.

The program uses `client` and `file.inspect`; everything that opens a secret runs in a process of
its own (`agent`).
"""
