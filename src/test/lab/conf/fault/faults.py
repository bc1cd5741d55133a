"""faults.py IMAP POP3 SMTP IMAPS NAME=PORT...: misbehaves on each PORT as NAME says; the first four are real servers."""
import asyncio
import re
import socket
import struct
import sys

LOOPBACK = "127.0.0.1"
STRANGE = {
    "imap": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
    "pop3": b"+OK injected\r\n",
    "smtp": b"250-injected.test\r\n250 AUTH PLAIN\r\n",
}
FAREWELL = {
    "imap": b"* BYE Too many connections from your address\r\n",
    "pop3": b"-ERR [SYS/TEMP] Too many connections from your address\r\n",
    "smtp": b"421 4.7.0 Too many connections from your address\r\n",
}
OPENING = {"imap": b"* OK ", "pop3": b"+OK ", "smtp": b"220 "}
FLOOD_LIMIT = 256 * 1024 * 1024


async def say(writer, words):
    writer.write(words)
    await writer.drain()


async def listen_until_closed(reader):
    while await reader.read(65536):
        pass


def reset(writer):
    """Ends with RST in place of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


# -- alone: behaviour(reader, writer)


async def silent(reader, writer):
    await listen_until_closed(reader)


async def reset_at_once(reader, writer):
    reset(writer)


async def close(reader, writer):
    pass


async def garbage(reader, writer):
    await say(writer, bytes(range(128, 256)) * 4 + b"\r\n")
    await listen_until_closed(reader)


async def http(reader, writer):
    """Waits for a request, as a web server does, and takes nothing for one."""
    await reader.read(65536)
    await say(writer, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


async def tls_garbage(reader, writer):
    """Answers a TLS handshake in plain words."""
    await reader.read(65536)
    await say(writer, b"* OK this port speaks no TLS\r\n")
    await listen_until_closed(reader)


def bye(protocol):
    async def behave(reader, writer):
        await say(writer, FAREWELL[protocol])

    return behave


def flood(protocol):
    async def behave(reader, writer):
        await say(writer, OPENING[protocol])
        for _ in range(FLOOD_LIMIT // 65536):
            await say(writer, b"A" * 65536)

    return behave


# -- between: answer(session, words) decides what of the server's words reaches the client, and how;
#    change(words) is what reaches the server of the client's


class Session:
    """One client and the real server behind it."""

    def __init__(self, protocol, client, server, change):
        self.protocol = protocol
        self.change = change
        self.client_reader, self.client = client
        self.server_reader, self.server = server
        self.passed = b""
        self.asked_for_tls = False
        self.deaf = False

    async def to_server(self):
        while words := await self.client_reader.read(65536):
            if re.search(rb"\b(STARTTLS|STLS)\r\n", words, re.I):
                self.asked_for_tls = True
            if not self.deaf:
                await say(self.server, self.change(words))

    async def to_client(self, answer):
        while words := await self.server_reader.read(65536):
            await answer(self, words)

    async def stall(self):
        self.deaf = True
        await asyncio.Event().wait()

    async def close(self):
        self.client.close()

    async def reset(self):
        reset(self.client)


async def drip(session, words):
    for each in words:
        await say(session.client, bytes([each]))
        await asyncio.sleep(1)


async def slow(session, words):
    for start in range(0, len(words), 20):
        await say(session.client, words[start : start + 20])
        await asyncio.sleep(0.05)


def without_tls(words):
    """So that neither side ever reads of it."""
    return re.sub(rb"STARTTLS|STLS", lambda found: b"X" * len(found[0]), words, flags=re.I)


async def stripped(session, words):
    await say(session.client, without_tls(words))


async def injected(session, words):
    more = STRANGE[session.protocol] if session.asked_for_tls else b""
    session.asked_for_tls = False
    await say(session.client, words + more)


async def half_open(session, words):
    await say(session.client, words)
    if session.asked_for_tls:
        await session.stall()


def cut(end, room):
    """Ends when so many bytes have passed; room(session) says how many, or None for no end yet."""

    async def answer(session, words):
        before = len(session.passed)
        session.passed += words
        limit = room(session)
        if limit is None or len(session.passed) <= limit:
            await say(session.client, words)
        else:
            await say(session.client, words[: max(0, limit - before)])
            await end(session)

    return answer


def greeting_and_a_bit(session):
    """The greeting and the first five bytes of what comes after it."""
    end = session.passed.find(b"\n")
    return None if end < 0 else end + 6


def first_records(session):
    """Somewhere inside the server's first flight of TLS."""
    return 200


def between(protocol, port, answer, change=lambda words: words):
    async def behave(reader, writer):
        session = Session(protocol, (reader, writer), await asyncio.open_connection(LOOPBACK, port), change)
        try:
            ways = [asyncio.ensure_future(way) for way in (session.to_server(), session.to_client(answer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            session.server.close()

    return behave


# -- the ports


def behaviours(imap, pop3, smtp, imaps):
    yield "silent", silent
    yield "reset", reset_at_once
    yield "close", close
    yield "garbage", garbage
    yield "http", http
    yield "tls-garbage", tls_garbage
    yield "tls-reset", between("imap", imaps, cut(Session.reset, first_records))
    yield "tls-stall", between("imap", imaps, cut(Session.stall, first_records))
    answers = {
        "drip": drip,
        "slow": slow,
        "injected": injected,
        "half-open": half_open,
        "mid-reset": cut(Session.reset, greeting_and_a_bit),
        "mid-close": cut(Session.close, greeting_and_a_bit),
        "mid-stall": cut(Session.stall, greeting_and_a_bit),
    }
    for protocol, port in (("imap", imap), ("pop3", pop3), ("smtp", smtp)):
        yield f"bye-{protocol}", bye(protocol)
        yield f"flood-{protocol}", flood(protocol)
        yield f"stripped-{protocol}", between(protocol, port, stripped, without_tls)
        for name, answer in answers.items():
            yield f"{name}-{protocol}", between(protocol, port, answer)


def patient(behave):
    """A client that goes away ends its own session and nothing else."""

    async def handle(reader, writer):
        try:
            await behave(reader, writer)
        except OSError:
            pass
        finally:
            writer.close()

    return handle


def blackhole(port):
    """Connecting takes forever: the queue of those who wait for accept() is full, so the system drops who comes next."""
    listener = socket.create_server((LOOPBACK, port), backlog=0)
    waiting = [socket.socket() for _ in range(2)]
    for each in waiting:
        each.setblocking(False)
        each.connect_ex((LOOPBACK, port))
    return listener, waiting


async def main(imap, pop3, smtp, imaps, *named_ports):
    ports = {name: int(port) for name, port in (each.split("=") for each in named_ports)}
    listener, waiting = blackhole(ports.pop("blackhole"))
    known = dict(behaviours(imap, pop3, smtp, imaps))
    servers = [await asyncio.start_server(patient(known[name]), LOOPBACK, port) for name, port in ports.items()]
    await asyncio.gather(*(server.serve_forever() for server in servers))
    for each in (listener, *waiting):
        each.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
