"""Kerberos: a KDC with alice, who has a keytab, and the mail services of localhost."""
import os
import subprocess

PORTS = ["kdc"]
GREETS = []
LISTENS = ["kdc"]
ENVIRONMENT = {"KRB5_CONFIG": "@dir@/krb5.conf", "KRB5_KDC_PROFILE": "@dir@/kdc.conf"}
SERVICES = ["imap/localhost", "pop/localhost", "smtp/localhost"]


def command(server):
    environment = {**os.environ, **{key: server.fill(value) for key, value in ENVIRONMENT.items()}}

    def run(*words):
        subprocess.run(words, env=environment, check=True, stdin=subprocess.DEVNULL, capture_output=True)

    run(server.program("/usr/sbin/kdb5_util"), "create", "-s", "-r", "LAB.TEST", "-P", "master")
    for principal, keytab in [("alice", "alice"), *((service, "mail") for service in SERVICES)]:
        run(server.program("/usr/sbin/kadmin.local"), "-q", f"addprinc -randkey {principal}")
        run(server.program("/usr/sbin/kadmin.local"), "-q", f"ktadd -k {server.folder}/{keytab}.keytab {principal}")
    return [server.program("/usr/sbin/krb5kdc"), "-n", "-P", str(server.folder / "kdc.pid")]
