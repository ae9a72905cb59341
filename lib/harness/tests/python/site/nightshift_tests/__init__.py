"""Watches the tests of a Python process from inside: which ran, how each ended, which lines they ran."""
