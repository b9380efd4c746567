"""The widgets every page is built from.  Each takes the `Theme` first and follows its changes by
itself.
"""
