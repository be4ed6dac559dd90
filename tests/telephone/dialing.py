"""A real telephone for tests: places SIP calls, presses keys, speaks, and hears how loud it is."""

import asyncio
from contextlib import asynccontextmanager

from baresip import Account, AudioNotActive, AudioRestarted, Config, Event, Runtime, UserAgent

from hark311.commands.voice.speech import loudness, tone

NOT_NOW = (AudioNotActive, AudioRestarted)
QUIET = 50


class Phone:
    """One call in progress."""

    def __init__(self, call) -> None:
        self.call, self.over = call, asyncio.Event()
        call.on(lambda event: event.event is Event.CALL_CLOSED and self.over.set())

    async def press(self, keys: str) -> None:
        """Press keys, each as soon as something is said: the gateway listens then."""
        for key in keys:
            await self.hears_something()
            await self.call.send_dtmf(key)
            await asyncio.sleep(0.25)

    async def key_in(self, digits: str) -> None:
        """Press many keys in a row."""
        await self.hears_something()
        await self.call.send_dtmf(digits)
        await asyncio.sleep(0.2 * len(digits))

    async def speak(self, seconds: float = 1.0) -> None:
        """Wait for the tone and what comes before it to end, then make a sound and press pound."""
        await self.hears_something()
        await self.hears_nothing(for_s=0.5)
        sound, sent = tone(8000, hertz=440, seconds=seconds), 0
        while sent < len(sound) and not self.over.is_set():
            sent += self._write(sound[sent : sent + 1600])
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        await self.call.send_dtmf("#")
        await asyncio.sleep(0.25)

    async def hears_something(self, within_s: float = 15) -> None:
        await self._hears(lambda loud: loud > QUIET, 0.06, within_s)

    async def hears_nothing(self, for_s: float, within_s: float = 60) -> None:
        await self._hears(lambda loud: loud <= QUIET, for_s, within_s)

    async def hang_up(self) -> None:
        if not self.over.is_set():
            await self.call.hangup()

    async def _hears(self, fits, for_s: float, within_s: float) -> None:
        loop = asyncio.get_running_loop()
        until, since = loop.time() + within_s, None
        while loop.time() < until and not self.over.is_set():
            since = (since or loop.time()) if fits(loudness(self._read())) else None
            if since is not None and loop.time() - since >= for_s:
                return
            await asyncio.sleep(0.06)
        if not self.over.is_set():
            raise TimeoutError("the other side did not speak as it should")

    def _read(self) -> bytes:
        try:
            return self.call.audio.read(1 << 16)
        except NOT_NOW:
            return b""

    def _write(self, sound: bytes) -> int:
        try:
            return self.call.audio.write(sound)
        except NOT_NOW:
            return 0


@asynccontextmanager
async def telephone(port: int = 5090, number: str = "2125550123"):
    """A telephone with this number; it answers every call to it, and counts them."""
    runtime = Runtime()
    extra = f"sip_listen 127.0.0.1:{port}\nrtp_ports 26000-28000\n"
    config = Config(net_interface="127.0.0.1", max_concurrent_calls=200, extra_config_text=extra)
    await runtime.start(config)
    account = Account(user=number, domain="127.0.0.1", password="", reg_interval=0)
    agent = await UserAgent.create(runtime, account)
    yield agent
    await runtime.close()


@asynccontextmanager
async def calling(agent, address: str):
    """A call that was answered."""
    call = await agent.dial(address)
    phone = Phone(call)
    await call.wait_established()
    yield phone
    await phone.hang_up()
