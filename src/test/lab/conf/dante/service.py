"""Dante: SOCKS4, SOCKS4a and SOCKS5 without a password, for this machine alone."""

PORTS = ["socks"]
LISTENS = ["socks"]


def command(server):
    return [server.program("/usr/sbin/danted"), "-f", str(server.folder / "danted.conf"), "-p", str(server.folder / "danted.pid")]
