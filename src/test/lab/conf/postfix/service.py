"""Postfix: SMTP, with Dovecot to check passwords. It starts as root and its processes become other users."""
import grp
import os
import pwd
import time

PORTS = ["smtp", "smtps", "submission"]
GREETS = ["smtp"]
NEEDS = ["dovecot"]
VARIANT_NEEDS = {"gssapi": ["dovecot@gssapi"]}
AS_ROOT = True
# The unpacked programs find their own libraries by this.
ENVIRONMENT = {"MAIL_CONFIG": "@dir@", "LD_LIBRARY_PATH": "@programs@/usr/lib/postfix"}
OWNED = "active bounce corrupt defer deferred flush hold incoming private saved trace"


def command(server):
    owner, group = pwd.getpwnam("mail").pw_uid, grp.getgrnam("tape").gr_gid
    queue = server.folder / "queue"
    for name, mode, gid in [
        ("", 0o755, 0), ("pid", 0o755, 0), ("maildrop", 0o1730, group), ("public", 0o2710, group), ("../data", 0o700, 0),
        *((name, 0o700, 0) for name in OWNED.split()),
    ]:
        folder = queue / name
        folder.mkdir()
        os.chown(folder, 0 if name in ("", "pid") else owner, gid)
        folder.chmod(mode)
    # Postfix knows no include: of two equal names the last one counts.
    with open(server.folder / "main.cf", "a") as settings:
        settings.write((server.folder / "variant.conf").read_text())
    # It reads a file that has just changed again and again for about two seconds.
    an_hour_ago = time.time() - 3600
    os.utime(settings.name, (an_hour_ago, an_hour_ago))
    return [server.program("/usr/lib/postfix/sbin/master"), "-d", "-c", str(server.folder)]
