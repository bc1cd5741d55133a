"""Dovecot: IMAP and POP3, the password check behind Postfix, and the mailboxes behind both SMTP servers."""
import base64

PORTS = ["imap", "imaps", "pop3", "pop3s"]
GREETS = ["imap", "pop3"]
# Dovecot takes a connection whose two addresses are equal for a secured one, and then never says LOGINDISABLED.
HOSTS = {"tlsrequired": "127.0.0.2"}
VARIANT_NEEDS = {"gssapi": ["krb5"], "oauth": ["keycloak"]}
TOKEN_KEY = "posthorn-lab-token-key-of-32-bytes"
# Asks Keycloak about each token; a token without the scope of an e-mail address is not for mail here. The client's name and
# secret stand apart from the address: Dovecot posts both in any case, and Keycloak refuses a client that is named twice.
INTROSPECTION = """
introspection_mode = post
introspection_url = http://127.0.0.1:@port:keycloak.http@/realms/lab/protocol/openid-connect/token/introspect
client_id = dovecot
client_secret = dovecot-secret
force_introspection = yes
username_attribute = preferred_username
active_attribute = active
active_value = true
scope = email
"""


def command(server):
    rows = []
    for user, password, special in server.users():
        encoded = base64.b64encode(password.encode()).decode()
        rows.append(f"{user}:{{PLAIN.b64}}{encoded}::::::{special}\n")
    (server.folder / "passwords").write_text("".join(rows))
    if server.variant == "oauth":
        (server.folder / "oauth2.conf").write_text(server.fill(INTROSPECTION))
    (server.folder / "unreachable").chmod(0o755)
    keys = server.folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_text(base64.b64encode(TOKEN_KEY.encode()).decode())
    return [server.program("/usr/sbin/dovecot"), "-F", "-c", str(server.folder / "dovecot.conf")]
