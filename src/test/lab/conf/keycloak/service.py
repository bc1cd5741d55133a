"""Keycloak: an authorization server whose tokens Dovecot's variant oauth takes."""
import shutil

PORTS = ["http", "management"]
GREETS = []
PAGES = {"http": "/realms/lab/.well-known/openid-configuration"}
# It compiles itself at its first start.
START_LIMIT = 300


def command(server):
    program = server.folder / "keycloak"
    shutil.copytree(server.unpacked("keycloak"), program)
    (program / "data" / "import").mkdir(parents=True, exist_ok=True)
    (server.folder / "realm.json").rename(program / "data" / "import" / "lab-realm.json")
    return [
        str(program / "bin" / "kc.sh"), "start-dev", "--import-realm", "--cache=local", f"--http-host={server.host}",
        f"--http-port={server.ports['http']}", f"--http-management-port={server.ports['management']}",
    ]


ENVIRONMENT = {"HOME": "@dir@", "JAVA_OPTS_APPEND": "-Xmx512m"}
