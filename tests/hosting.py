"""Real places to deploy to, on this machine: a folder, a server of OpenSSH, a bare Git repository, storage that speaks S3; and nginx."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from honorroll.deploy import Target, target
from honorroll.model import DeployTarget

#: What stands at a target beside the files of the site.
OWN = (".honorroll", ".honorroll.release")


def need(program: str) -> str:
    """A program of this machine; the test is skipped without it."""
    found = shutil.which(program) or shutil.which(f"/usr/sbin/{program}")
    if not found:
        pytest.skip(f"{program} is not installed")
    return found


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until something listens there."""
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, f"nothing listens on {port}"
            time.sleep(0.05)
        else:
            return


@contextmanager
def running(*command: str, port: int, **given: Any) -> Iterator[None]:
    """A program that listens on a port, until the end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def ssh_server(folder: Path) -> Iterator[str]:
    """The command that reaches a server of OpenSSH with a key of its own."""
    sshd, port = need("sshd"), free_port()
    folder.mkdir()
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "key.pub", folder / "authorized")
    with suppress(OSError):
        Path("/run/sshd").mkdir(exist_ok=True)
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder}/host",
        f"AuthorizedKeysFile {folder}/authorized",
        f"PidFile {folder}/pid",
        "PermitRootLogin yes",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        "MaxStartups 100",
    ]
    (folder / "conf").write_text("\n".join(lines) + "\n")
    options = "-o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    with running(sshd, "-D", "-f", str(folder / "conf"), port=port):
        yield f"ssh {options} -i {folder}/key -p {port}"


def ask_storage(address: str, data: bytes | None = None) -> bytes:
    """Set something of storage, or read it, with keys of a sort."""
    credential = "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x"
    headers = {"Authorization": credential, "Content-Type": "application/octet-stream"}
    method = "GET" if data is None else "PUT"
    request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310  # of ours
    with urllib.request.urlopen(request) as answer:  # noqa: S310  # of ours
        found: bytes = answer.read()
        return found


@contextmanager
def storage_server() -> Iterator[str]:
    """The address of storage that speaks S3, with the bucket `honor`, which everybody may read."""
    port = free_port()
    with running(sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port), port=port):
        address = f"http://127.0.0.1:{port}"
        public = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::honor/*"}
        ask_storage(f"{address}/honor", b"")
        policy = {"Version": "2012-10-17", "Statement": [public]}
        ask_storage(f"{address}/honor?policy", json.dumps(policy).encode())
        yield address


NGINX = """
{user} daemon off; error_log {folder}/error.log; pid {folder}/pid; worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types; access_log off; sendfile on; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {config}
}}
"""


@contextmanager
def nginx(folder: Path, config: str, port: int, workers: int = 1) -> Iterator[None]:
    """nginx with these servers."""
    program = need("nginx")
    folder.mkdir(exist_ok=True)
    user = "user root;" if getattr(os, "getuid", int)() == 0 else ""  # folders of tests are closed to others
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, config=config, user=user, workers=workers))
    with running(program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), port=port):
        yield


APACHE = """
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/error.log
Mutex file:{folder}
Listen 127.0.0.1:{port}
{modules}
TypesConfig {types}
{config}
"""
#: What Debian enables, and what the configuration asks for.
MODULES = "mpm_event authz_core alias dir mime headers rewrite".split()


@contextmanager
def apache(folder: Path, config: str, port: int) -> Iterator[None]:
    """Apache with these servers."""
    program = need("apache2")
    folder.mkdir(exist_ok=True)
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
    types = "/etc/mime.types" if Path("/etc/mime.types").exists() else os.devnull  # another package has it
    text = APACHE.format(folder=folder, port=port, modules=modules, config=config, types=types)
    (folder / "apache.conf").write_text(text)
    # Apache never works as root, and folders of tests are closed to others.
    able = [f"--{kind}-caps=+dac_override" for kind in ("inh", "ambient")]
    other = ["setpriv", "--reuid=65534", "--clear-groups", *able] if getattr(os, "getuid", int)() == 0 else []
    with running(*other, program, "-D", "FOREGROUND", "-f", str(folder / "apache.conf"), port=port):
        yield


@contextmanager
def caddy(folder: Path, config: str, port: int) -> Iterator[None]:
    """Caddy with these sites."""
    program = need("caddy")
    folder.mkdir(exist_ok=True)
    (folder / "Caddyfile").write_text("{\n admin off\n auto_https off\n grace_period 100ms\n}\n" + config)
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": os.environ["PATH"]}
    with running(program, "run", "--config", str(folder / "Caddyfile"), port=port, env=home):
        yield


class Place:
    """A target, and what the public finds there."""

    def __init__(self, kind: str, root: Path, to: str, **more: Any) -> None:
        self.kind, self.root = kind, root
        self.declared = DeployTarget.usual(id="web", kind=kind, to=to, keep=3, **more)

    def target(self) -> Target:
        return target(self.declared, self.root)

    def files(self) -> dict[str, bytes]:
        """What the public can ask for."""
        raise NotImplementedError

    def write(self, path: str, data: bytes) -> None:
        """Somebody else's edit at the target."""
        raise NotImplementedError


class Releases(Place):
    """A folder, or that of a server: what the link leads to."""

    def __init__(self, kind: str, root: Path, to: str, folder: Path) -> None:
        super().__init__(kind, root, to)
        self.folder = folder

    def files(self) -> dict[str, bytes]:
        shown = self.folder / "current"
        if not shown.exists():
            return {}
        folder = shown.resolve()
        paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in paths.items() if name not in OWN}

    def write(self, path: str, data: bytes) -> None:
        file = self.folder / "current" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


class Branch(Place):
    """A bare repository."""

    def __init__(self, root: Path, repository: Path) -> None:
        super().__init__("Git分支", root, str(repository))
        self.repository = repository

    def git(self, *words: str, data: bytes = b"") -> bytes:
        command = ["git", f"--git-dir={self.repository}", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        return subprocess.run(command, input=data, check=True, capture_output=True).stdout

    def files(self) -> dict[str, bytes]:
        if not self.git("for-each-ref", "refs/heads/pages"):
            return {}
        names = self.git("ls-tree", "-r", "-z", "--name-only", "pages").decode().split("\0")
        return {name: self.git("show", f"pages:{name}") for name in names if name and name not in OWN}

    def write(self, path: str, data: bytes) -> None:
        blob = self.git("hash-object", "-w", "--stdin", data=data).decode().strip()
        entries = self.git("ls-tree", "-r", "-z", "pages").split(b"\0")
        kept = [entry for entry in entries if entry and not entry.endswith(b"\t" + path.encode())]
        made = f"100644 blob {blob}\t{path}".encode()
        index = {**os.environ, "GIT_INDEX_FILE": str(self.repository / "index.test")}
        git = ["git", f"--git-dir={self.repository}"]
        subprocess.run([*git, "read-tree", "--empty"], check=True, env=index)
        lines = b"\0".join([*kept, made]) + b"\0"
        subprocess.run([*git, "update-index", "-z", "--index-info"], input=lines, check=True, env=index)
        tree = subprocess.run([*git, "write-tree"], check=True, capture_output=True, env=index).stdout.decode().strip()
        commit = self.git("commit-tree", tree, "-p", "pages", "-m", "by hand").decode().strip()
        self.git("update-ref", "refs/heads/pages", commit)


class Storage(Place):
    """What lies below a prefix of the bucket `honor`."""

    def __init__(self, root: Path, prefix: str, endpoint: str) -> None:
        from obstore.store import S3Store

        super().__init__("对象存储", root, f"s3://honor/{prefix}", endpoint=endpoint, path_style=True)
        given: dict[str, Any] = {"client_options": {"allow_http": True}, "virtual_hosted_style_request": False}
        self.store = S3Store("honor", prefix=prefix, endpoint=endpoint, region="us-east-1", **given)

    def files(self) -> dict[str, bytes]:
        import obstore

        found = [one["path"] for some in obstore.list(self.store) for one in some]
        return {
            path: bytes(obstore.get(self.store, path).bytes()) for path in found if not path.startswith(".honorroll/")
        }

    def write(self, path: str, data: bytes) -> None:
        import obstore

        obstore.put(self.store, path, data)


def links(files: dict[str, bytes]) -> Generator[tuple[str, str]]:
    """Of each page, what it leads to and loads on its own host."""
    import posixpath

    for page, data in files.items():
        if not page.endswith(".html") or page == "404.html":  # its links are absolute
            continue
        for found in re.findall(rb'(?:href|src)="([^"]*)"', data):
            to = unquote(urldefrag(found.decode().replace("&amp;", "&"))[0].partition("?")[0])
            if to and not re.match(r"[a-z]+:|//", to):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(page), to))
                yield page, "index.html" if path == "." else path


def broken(files: dict[str, bytes]) -> list[str]:
    """Links and loads of pages that are not there."""
    return sorted(
        {f"{page} -> {to}" for page, to in links(files) if to not in files and f"{to}/index.html" not in files}
    )


class Cutter:
    """A relay to a port that breaks all lines after so many requests, and lets no more through; or refuses them."""

    def __init__(self, port: int, *, refuses: bool = False) -> None:
        self._refuses = refuses
        self._to, self.left = port, 1 << 30
        self._server = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(line,), daemon=True).start()

    def _relay(self, line: socket.socket) -> None:
        with line, suppress(OSError), socket.create_connection(("127.0.0.1", self._to)) as there:
            threading.Thread(target=self._back, args=(there, line), daemon=True).start()
            while data := line.recv(1 << 16):
                if re.match(rb"[A-Z]+ /", data):
                    self.left -= 1
                if self.left < 0:
                    if self._refuses:
                        line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                there.sendall(data)

    def _back(self, there: socket.socket, line: socket.socket) -> None:
        with suppress(OSError):
            while data := there.recv(1 << 16):
                line.sendall(data)
            line.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._server.close()
