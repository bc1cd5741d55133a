"""Ports that misbehave: one behaviour each, alone or between the client and a real server."""

PROTOCOLS = ["imap", "pop3", "smtp"]
ALONE = ["blackhole", "silent", "reset", "close", "garbage", "http", "tls-garbage"]
TLS = ["tls-reset", "tls-stall"]
PER_PROTOCOL = [
    "drip", "flood", "bye", "slow", "mid-reset", "mid-close", "mid-stall", "stripped", "injected", "half-open",
]
PORTS = ALONE + TLS + [f"{behaviour}-{protocol}" for behaviour in PER_PROTOCOL for protocol in PROTOCOLS]
GREETS = ["bye-imap"]
NEEDS = ["dovecot", "exim"]


def command(server):
    real = ["@port:dovecot.imap@", "@port:dovecot.pop3@", "@port:exim.smtp@", "@port:dovecot.imaps@"]
    ports = [f"{name}={port}" for name, port in server.ports.items()]
    return [server.program("/usr/bin/python3"), str(server.folder / "faults.py"), *map(server.fill, real), *ports]
