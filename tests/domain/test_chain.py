"""The chain of digests, against its own words in RFC 6962 and against tampering."""

import json
from collections import UserDict
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.chain import (
    GENESIS,
    body_digest,
    canonical,
    canonical_json,
    daily_root,
    event_digest,
)
from hark311.domain.errors import NaiveTimestamp
from hark311.domain.lifecycle import State

SALT = bytes(range(16))
HEADER = {"stream": 7, "sequence": 1, "kind": "received"}
TEXTS = st.text(st.sampled_from('ab"\\ñ漢\u2028 '), max_size=4)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXTS
    | st.floats(allow_nan=False, allow_infinity=False)
)
BODIES = st.dictionaries(
    TEXTS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)


@pytest.mark.parametrize(
    ("body", "spelled"),
    [
        pytest.param({"b": 1, "a": None}, '{"a":null,"b":1}', id="keys are sorted"),
        pytest.param({"text": "ñ 漢"}, '{"text":"ñ 漢"}', id="text stays as it is"),
        pytest.param({"at": True, "n": [1, (2,)]}, '{"at":true,"n":[1,[2]]}', id="sequences"),
        pytest.param({"n": 1.0, "z": -0.0, "f": 0.5}, '{"f":0.5,"n":1,"z":0}', id="whole numbers"),
        pytest.param({"state": State.WAITING}, '{"state":"waiting"}', id="words of the vocabulary"),
        pytest.param({"on": date(2026, 6, 1)}, '{"on":"2026-06-01"}', id="a day"),
        pytest.param(
            {"at": datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=-4)))},
            '{"at":"2026-06-01T12:00:00+00:00"}',
            id="an instant is told in UTC",
        ),
        pytest.param({"inner": UserDict({"x": "y"})}, '{"inner":{"x":"y"}}', id="any mapping"),
    ],
)
def test_a_body_has_one_spelling(body, spelled):
    assert canonical(body) == spelled.encode()


@given(BODIES)
def test_a_body_read_back_is_spelled_as_it_was_written(body):
    assert canonical(json.loads(canonical(body))) == canonical(body)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (float("nan"), ValueError),
        (float("inf"), ValueError),
        ("\ud800", ValueError),
        (b"bytes", TypeError),
        ({1, 2}, TypeError),
        ({1: "a number for a key"}, TypeError),
        (object(), TypeError),
        (datetime(2026, 6, 1), NaiveTimestamp),  # noqa: DTZ001  # the fault under test
    ],
)
def test_what_has_no_one_spelling_is_refused(value, error):
    with pytest.raises(error):
        canonical({"value": [value]})


def test_a_body_digest_needs_its_own_salt():
    body = canonical({"phone": "+14045550123"})
    assert body_digest(SALT, body) != body_digest(SALT[::-1], body)


def test_bytes_do_not_move_between_salt_and_body_unseen():
    assert body_digest(SALT + b"{", b"}") != body_digest(SALT, b"{}")


@pytest.mark.parametrize("salt", [b"", b"short", bytes(256)])
def test_a_salt_too_short_or_too_long_is_refused(salt):
    with pytest.raises(ValueError, match="salt"):
        body_digest(salt, b"{}")


def _chain(bodies):
    digests, previous = [], GENESIS
    for sequence, body in enumerate(bodies):
        previous = event_digest(previous, HEADER | {"sequence": sequence}, body)
        digests.append(previous)
    return digests


def test_a_changed_event_changes_every_digest_after_it_and_none_before():
    bodies = [sha256(bytes((number,))).digest() for number in range(5)]
    forged = [*bodies[:2], bytes(32), *bodies[3:]]

    true, false = _chain(bodies), _chain(forged)

    assert [one == other for one, other in zip(true, false, strict=True)] == [
        True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("previous", "header", "body"),
    [
        pytest.param(bytes([1]) * 32, HEADER, bytes(32), id="another past"),
        pytest.param(GENESIS, HEADER | {"kind": "closed"}, bytes(32), id="another header"),
        pytest.param(GENESIS, HEADER, bytes([1]) * 32, id="another body"),
    ],
)
def test_everything_an_event_says_is_in_its_digest(previous, header, body):
    assert event_digest(previous, header, body) != event_digest(GENESIS, HEADER, bytes(32))


@pytest.mark.parametrize(("previous", "body"), [(b"", bytes(32)), (GENESIS, bytes(31))])
def test_a_digest_of_another_length_is_refused(previous, body):
    with pytest.raises(ValueError, match="32 bytes"):
        event_digest(previous, HEADER, body)


def test_an_erased_body_leaves_the_chain_whole():
    erased_but_kept = body_digest(SALT, canonical({"name": "Ada"}))
    assert event_digest(GENESIS, HEADER, erased_but_kept) == _chain_of_one("Ada")


def _chain_of_one(name):
    spelled = b'{"name":"%s"}' % name.encode()
    body = sha256(b"\x10" + SALT + spelled).digest()
    header = b'{"kind":"received","sequence":1,"stream":7}'
    return sha256(bytes(32) + body + header).digest()


def _tree_hash(leaves):
    """RFC 6962, section 2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + _tree_hash(leaves[:split]) + _tree_hash(leaves[split:])).digest()


@pytest.mark.parametrize("count", [*range(18), 100])
def test_the_daily_root_is_the_tree_hash_of_rfc_6962(count):
    leaves = [sha256(bytes((number,))).digest() for number in range(count)]
    assert daily_root(leaves) == _tree_hash(leaves)


@given(BODIES)
def test_a_body_kept_as_text_has_the_same_spelling(body):
    assert canonical_json(json.dumps(body)) == canonical(body)
