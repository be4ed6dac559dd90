"""hark311 keys: makes, lists and revokes the keys that other systems post with."""

from argparse import ArgumentParser, Namespace

from hark311.access.keys import PER_MINUTE, Scope, all_keys, create_key, revoke_key
from hark311.access.models import ApiKey
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_by_key

EXAMPLE = 'hark311 keys create --city mytown --name "Street app" --scope report --scope update'


def add_arguments(parser: ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="what", required=True, metavar="create|list|revoke")
    create = parts.add_parser("create", help="make a key and print its secret, once")
    create.add_argument("--name", required=True, help="who will use it")
    create.add_argument("--city", metavar="KEY", help="the only jurisdiction that takes it")
    create.add_argument(
        "--scope",
        action="append",
        choices=[scope.value for scope in Scope],
        help="what it may do; repeat for both (report when none is given)",
    )
    create.add_argument("--per-minute", type=int, default=PER_MINUTE, metavar="N")
    listing = parts.add_parser("list", help="show the keys without their secrets")
    listing.add_argument("--city", metavar="KEY")
    revoke = parts.add_parser("revoke", help="refuse a key from now on")
    revoke.add_argument("id", type=int, help="as the list shows it")


def run(args: Namespace) -> int:
    """Do one of the three; the secret of a new key stands alone on the last line."""
    if args.what == "create":
        return _create(args)
    if args.what == "list":
        for key in all_keys(_city(args.city)):
            print(_line(key))
        return 0
    print(_line(revoke_key(args.id)))
    return 0


def _create(args: Namespace) -> int:
    scopes = frozenset(Scope(word) for word in args.scope or [Scope.REPORT.value])
    key, secret = create_key(_city(args.city), args.name, scopes, args.per_minute)
    print(_line(key))
    print("The secret is shown this once:")
    print(secret)
    return 0


def _city(key: str | None) -> Jurisdiction | None:
    return jurisdiction_by_key(key) if key else None


def _line(key: ApiKey) -> str:
    state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "in use"
    city = key.jurisdiction.key if key.jurisdiction else "every city"
    scopes = ",".join(key.scopes)
    return f"{key.pk}  {key.name}  {city}  {scopes}  {key.per_minute} a minute  {state}"
