"""The PIN vault (design §7): PINs held apart, sent to the card without anyone seeing them.

``format``, ``keys``, ``officers``, ``renewal`` and ``file`` are the file and its cryptography; what
every byte means stands in ``docs/vault-format.md``. The vault knows neither the database nor Qt.
"""
