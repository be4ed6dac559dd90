"""The data folder: what a deployment keeps outside its database."""

import secrets
from pathlib import Path

from hark311.platform.trouble import Trouble

_KEY = "secret.key"


def prepare(data: Path) -> None:
    """Make the data folder and its signing key; may be called at every start.

    Raises Trouble if the folder cannot be written to.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        key = data / _KEY
        if not key.exists():
            fresh = data / f"{_KEY}.{secrets.token_hex(4)}"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            # A link fails where another process was first: one key wins, and it is whole.
            try:
                key.hardlink_to(fresh)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
    except OSError as error:
        raise Trouble(f"the data folder {data} cannot be written: {error.strerror}") from error


def secret_key_of(data: Path) -> str:
    """Return the folder's signing key; one for this process alone where there is none yet."""
    try:
        return (data / _KEY).read_text()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except OSError as error:
        raise Trouble(f"{data / _KEY} cannot be read: {error.strerror}") from error
