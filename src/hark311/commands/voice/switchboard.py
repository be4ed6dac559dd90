"""What the gateway needs of a telephone stack; ``sip`` is the one there is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol


class Line(Protocol):
    """One call, answered. keys: what the other side pressed. over: set once they hung up.

    Sound is 16-bit samples of one channel at ``rate`` a second; nothing here ever blocks.
    """

    keys: "asyncio.Queue[str]"
    over: asyncio.Event
    caller: str
    rate: int

    async def answer(self) -> None: ...

    def write(self, sound: bytes) -> int: ...

    def read(self) -> bytes: ...

    def waiting(self) -> int: ...

    def flush(self) -> None: ...

    async def hang_up(self) -> None: ...


class Switchboard(Protocol):
    """Takes calls, and places them."""

    async def open(self, on_call: Callable[[Line], Awaitable[None]]) -> None: ...

    async def dial(self, address: str, *, within_s: float) -> Line | None: ...

    async def close(self) -> None: ...
