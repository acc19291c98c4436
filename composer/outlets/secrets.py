"""Secrets: from the environment, else from the system's keyring; never from a file, a setting or the store."""

import os

SERVICE = "currents"  # under which the keyring holds them, each by its variable's name


def secret(name: str) -> str:
    """Return a secret by the name of its variable, "" where nobody has set it.

    The keyring is asked where the extra `keyring` is installed and the system has one.
    """
    return os.environ.get(name, "").strip() or _from_keyring(name)


def _from_keyring(name: str) -> str:
    try:
        import keyring  # noqa: PLC0415 (an extra; and slow to import)
        from keyring.errors import KeyringError  # noqa: PLC0415 (as above)
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except (KeyringError, OSError):  # locked, or no such service here
        return ""
