"""The issuer of the certificates: tells over HTTP which it took back. Where it answers stands in the certificates, so its port is given."""

PORTS = []
GIVEN_PORTS = {"http": "issuer.port"}
PAGES = {"http": "/root.crl"}


def command(server):
    return [server.program("/usr/bin/python3"), str(server.folder / "issuer.py"), server.fill("@dir:certificates@"), server.host, str(server.ports["http"])]
