"""A progress bar for long work on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from honorroll.checks import say

#: Fewer items than this are done before a bar could be read.
FROM = 200


@contextmanager
def bars(lang: str) -> Iterator[Callable[[str, int], Callable[[], None]]]:
    """Gives a function that starts a bar for a stage and returns what moves it on."""
    with Progress(console=Console(stderr=True), transient=True) as progress:

        def start(stage: str, total: int) -> Callable[[], None]:
            if total < FROM:
                return lambda: None
            task = progress.add_task(say(stage, lang), total=total)
            return lambda: progress.advance(task)

        yield start
