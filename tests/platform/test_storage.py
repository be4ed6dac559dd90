"""The data folder has one signing key, which stays."""

import pytest

from hark311.platform import storage
from hark311.platform.trouble import Trouble


def test_the_key_is_made_once_and_kept_private(tmp_path):
    storage.prepare(tmp_path / "data")
    key = storage.secret_key_of(tmp_path / "data")
    storage.prepare(tmp_path / "data")

    assert storage.secret_key_of(tmp_path / "data") == key
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_without_a_folder_each_process_has_a_key_of_its_own(tmp_path):
    assert storage.secret_key_of(tmp_path) != storage.secret_key_of(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Trouble, match="cannot be written"):
        storage.prepare(tmp_path / "file" / "data")
