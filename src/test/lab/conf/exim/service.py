"""Exim: SMTP for one user's mail programs; what it accepts it throws away, or delivers to Dovecot."""

PORTS = ["smtp", "smtps", "submission"]
GREETS = ["submission"]
VARIANT_NEEDS = {"lmtp": ["dovecot"]}


def command(server):
    rows = [f'"{user}": {password}\n' for user, password, special in server.users() if not special]
    (server.folder / "passwords").write_text("".join(rows))
    (server.folder / "spool").mkdir()
    return [server.program("/usr/sbin/exim4"), "-C", str(server.folder / "exim.conf"), "-bdf"]
