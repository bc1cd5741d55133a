"""microsocks: SOCKS5, in the variant auth with a user name and password (RFC 1929)."""

PORTS = ["socks"]
LISTENS = ["socks"]


def command(server):
    options = (server.folder / "variant.conf").read_text().split()
    return [server.program("/usr/bin/microsocks"), "-i", server.host, "-p", str(server.ports["socks"]), *options]
