"""Squid: HTTP CONNECT, on a second port under TLS; with Basic or Digest, or for web servers only."""
import hashlib

PORTS = ["http", "https"]
LISTENS = ["http", "https"]


def command(server):
    digest = hashlib.md5(b"proxyuser:lab:proxypass").hexdigest()
    (server.folder / "digests").write_text(f"proxyuser:lab:{digest}\n")
    (server.folder / "passwords").write_text("proxyuser:$1$posthorn$/A13nveG0LDNrd5j1MDtG/\n")
    return [server.program("/usr/sbin/squid"), "-N", "-n", "lab" + str(server.ports["http"]), "-f", str(server.folder / "squid.conf")]
