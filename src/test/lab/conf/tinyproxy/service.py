"""tinyproxy: HTTP CONNECT, in the variant auth with a password (Basic)."""

PORTS = ["http"]
LISTENS = ["http"]


def command(server):
    settings = server.folder / "tinyproxy.conf"
    settings.write_text(settings.read_text() + (server.folder / "variant.conf").read_text())
    return [server.program("/usr/bin/tinyproxy"), "-d", "-c", str(settings)]
