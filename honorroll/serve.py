"""The preview: build, show, build again after each change. livereload is the transport."""

from collections.abc import Callable

from livereload import Server

from honorroll.pipeline import Options, Result, build
from honorroll.source import FOLDERS


def serve(options: Options, port: int, show: Callable[[Result], None]) -> None:
    """Serve the output folder on this machine and rebuild it when an input changes."""

    def rebuild() -> None:
        show(build(options))

    rebuild()
    server = Server()
    for folder in FOLDERS:
        server.watch(str(options.root / folder), rebuild)
    server.serve(root=str(options.out), host="127.0.0.1", port=port, open_url_delay=1)
