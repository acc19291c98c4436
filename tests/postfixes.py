"""A real Postfix on loopback, with a configuration and a queue of its own: it takes mail for everybody, and drops it.

It must be started by root; on a machine where that cannot be, who asks gets None.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("postfix") or "/usr/sbin/postfix"
_MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log/mail.log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
myhostname = post.example.org
default_transport = discard
relay_transport = discard
local_transport = discard
alias_maps =
alias_database =
smtpd_peername_lookup = no
smtpd_tls_security_level = none
smtpd_recipient_restrictions = check_recipient_access texthash:{home}/access, permit_mynetworks, reject
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
anvil unix - - n - 1 anvil
discard unix - - n - - discard
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """One that runs."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def skip_reason() -> str:
    """Say what keeps Postfix from running here, else ""."""
    if not Path(PROGRAM).exists():
        return "no Postfix here: on Debian `apt-get install postfix`"
    return "" if os.name == "posix" and os.geteuid() == 0 else "Postfix is started by root alone"


@contextlib.contextmanager
def postfix(access: str = "") -> Iterator[Postfix]:
    """Run it until the block ends. `access` says what recipients are answered (access(5): "ana@example.org 451 Later").

    Its folder is one of its own: its daemons are other users, and pytest's folders are for nobody else.
    """
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as free:
        home, conf, port = Path(name), Path(name) / "conf", free.getsockname()[1]
        free.close()
        home.chmod(0o755)
        for folder in (conf, home / "queue", home / "data", home / "log"):
            folder.mkdir()
        shutil.chown(home / "data", "postfix")
        (home / "access").write_text(access, encoding="utf-8")
        (conf / "main.cf").write_text(_MAIN.format(home=home), encoding="utf-8")
        (conf / "master.cf").write_text(_MASTER.format(port=port), encoding="utf-8")
        subprocess.run([PROGRAM, "-c", str(conf), "start"], check=True, capture_output=True)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield Postfix(port=port, log=home / "log" / "mail.log")
        finally:
            subprocess.run([PROGRAM, "-c", str(conf), "stop"], check=False, capture_output=True)
