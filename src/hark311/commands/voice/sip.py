"""The telephone stack of the gateway: SIP and RTP by baresip."""

import asyncio
from collections.abc import Awaitable, Callable

from baresip import (
    Account,
    AudioNotActive,
    AudioRestarted,
    BaresipError,
    Config,
    Event,
    Runtime,
    StackEvent,
    UserAgent,
)
from baresip.call import Call, DigitEvent

from hark311.commands.voice.switchboard import Line
from hark311.platform import log

MOST_CALLS = 200
_RATE = 8000
_SETTLE_S, _SETTLE_TIMES = 0.01, 200
_READ_BYTES = 1 << 16
_NOT_NOW = (AudioNotActive, AudioRestarted)

_log = log.get(__name__)


class SipLine:
    """One SIP call. Just after the answer its streams may be made anew: then nothing is taken."""

    def __init__(self, call: Call) -> None:
        self.keys: asyncio.Queue[str] = asyncio.Queue()
        self.over = asyncio.Event()
        self.caller = str(call.peer or "")
        self.rate = _RATE
        self._call = call
        call.on_dtmf(self._on_key)
        call.on(self._on_event)

    async def answer(self) -> None:
        """Answer, and wait until sound goes both ways."""
        await self._call.answer()
        await self.established()

    async def established(self) -> None:
        """Wait until the other side answered and sound goes both ways."""
        await self._call.wait_established()
        for _try in range(_SETTLE_TIMES):
            info = self._call.audio.info()
            if info.tx_ready and info.rx_ready:
                self.rate = info.tx_sample_rate
                return
            await asyncio.sleep(_SETTLE_S)

    def write(self, sound: bytes) -> int:
        """How many bytes were taken."""
        try:
            return self._call.audio.write(sound)
        except _NOT_NOW:
            return 0

    def read(self) -> bytes:
        try:
            return self._call.audio.read(_READ_BYTES)
        except _NOT_NOW:
            return b""

    def waiting(self) -> int:
        """Bytes that are written and not yet sent."""
        try:
            return self._call.audio.info().tx_buffered
        except _NOT_NOW:
            return 0

    def flush(self) -> None:
        try:
            self._call.audio.flush_tx()
        except _NOT_NOW:
            return

    async def hang_up(self) -> None:
        if self.over.is_set():
            return
        try:
            await self._call.hangup()
        except BaresipError:
            self.over.set()

    def _on_key(self, digit: DigitEvent) -> None:
        self.keys.put_nowait(digit.digit)

    def _on_event(self, event: StackEvent) -> None:
        if event.event is Event.CALL_CLOSED:
            self.over.set()


class SipSwitchboard:
    """Answers on one address and port, and dials from there."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._runtime = Runtime()
        self._agent: UserAgent | None = None
        self._running: set[asyncio.Future[None]] = set()

    async def open(self, on_call: Callable[[Line], Awaitable[None]]) -> None:
        """Take calls from now on; each runs in a task of its own."""
        listen = f"sip_listen {self._host}:{self._port}\nrtp_ports 20000-24000\n"
        await self._runtime.start(
            Config(
                net_interface=self._host,
                max_concurrent_calls=MOST_CALLS,
                rtp_timeout=60,
                extra_config_text=listen,
            )
        )
        account = Account(
            user="311",
            domain=self._host,
            password="",
            reg_interval=0,
            audio_codecs=("pcmu", "pcma"),
            # A trunk calls the number that was dialled, whatever it is.
            extra_params=("catchall=yes",),
        )
        self._agent = await UserAgent.create(self._runtime, account)
        self._agent.on_incoming(lambda call: self._run(on_call(SipLine(call))))

    async def dial(self, address: str, *, within_s: float) -> Line | None:
        """The call once it is answered; None if it was not, for whatever reason."""
        if self._agent is None:
            return None
        try:
            call = await self._agent.dial(address)
            line = SipLine(call)
            await asyncio.wait_for(line.established(), within_s)
        except (BaresipError, TimeoutError, ValueError) as refused:
            _log.info("dial_failed", kind=type(refused).__name__)
            return None
        return line

    async def close(self) -> None:
        """End all calls."""
        await self._runtime.close()

    def _run(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Future[None]) -> None:
        self._running.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            _log.error("call_broke", kind=type(fault).__name__)
