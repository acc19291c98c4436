"""The version of the program, semantic (semver.org)."""

__version__ = "0.1.0"
