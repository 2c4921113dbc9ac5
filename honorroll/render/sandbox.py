"""Jinja's sandbox for templates that may come from anybody: they reach nothing of Python, and cannot take all of a machine.

Names of attributes are almost always written out in a template. Those that are harmless by their name alone are compiled
to a plain look-up, so that the sandbox costs nothing there; all others ask Jinja's sandbox when the page is rendered.

What a template makes of its inputs is counted: loops and calls as *steps*, text and lists that it builds as *made*. The
same template and inputs give the same counts on every machine. Time is a last resort, for what is not counted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from time import thread_time
from types import BuiltinMethodType, GeneratorType, MappingProxyType, MethodType
from typing import Any

import jinja2
from jinja2 import sandbox
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Macro
from markupsafe import Markup, escape

from honorroll.render.compiler import CLOCK, GROWING, Writer
from honorroll.render.filters import FILTERS, LEFT_OUT, ForbiddenError, TooMuchError

__all__ = ["ForbiddenError", "Sandbox", "TooMuchError"]

#: How many turns of loops and calls one page may take, and how many characters and values it may make.
MAX_STEPS, MAX_MADE = 1_000_000, 32_000_000

#: A call takes as long as so many turns of a loop.
_CALL = 4

#: A value in a list counts as so many characters: it takes as much memory, and time to be counted.
_VALUE = 16

#: Seconds of processor time that one page may take. No real page comes near it.
MAX_SECONDS = 3.0

#: How many bits a number may have.
_MAX_BITS = 10_000

#: A loop looks at the clock each time after so many items; of short loops and loaded templates, each after so many others.
_LOOK, _LOOPS = 100, 16

_WIDTH = re.compile(r"%[-#0 +]*(\d+|\*)?(?:\.(\d+|\*))?")
_LARGE = re.compile(r"[1-9]\d{4}")


class _Page:
    """`page` in templates: the page that is being rendered. While an imported part is read there is none."""

    def __getattr__(self, name: str) -> Any:
        why = f"page has no {name} here; in an imported part it is known in macros only"
        raise jinja2.UndefinedError(why)


class _Template(jinja2.Template):
    """A template whose macros are made once, not once for each page that imports them."""

    environment: "Sandbox"

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  # as Jinja calls it
        if self._module is None:
            with self.environment.reading():
                self._module = self.make_module()
        return self._module


class Sandbox(sandbox.ImmutableSandboxedEnvironment):
    """An environment that counts. `begin` comes before each page; without it nothing that is counted is allowed.

    So nothing is worked out when a template is compiled, and a page is the same whether it was compiled just now or before.
    Likewise an imported part is read once, and what that costs does not count for the page that happens to be the first.
    """

    template_class = _Template
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.code_generator_class = Writer
        self._steps = self._made = -1
        self._until, self._loops = 0.0, 0
        self._page = _Page()
        for name in LEFT_OUT:
            del self.filters[name]
        self.filters |= FILTERS

    def begin(self, site: object = None, page: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Begin a page: templates and the parts that they import see it as `page`, by its attributes, and `site`."""
        self._steps, self._made, self._until = MAX_STEPS, MAX_MADE, thread_time() + MAX_SECONDS
        self._page.__dict__ = {**page}
        if self.globals.get("site") is not site:
            self.globals |= {"site": site, "page": self._page}
            assert self.cache is not None
            self.cache.clear()  # parts may hold what they read of the other site

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read a part that is imported: with limits of its own, and no page."""
        before, page = (self._steps, self._made, self._until), self._page.__dict__
        self._steps, self._made, self._until = MAX_STEPS, MAX_MADE, thread_time() + MAX_SECONDS
        self._page.__dict__ = {}
        try:
            yield
        finally:
            (self._steps, self._made, self._until), self._page.__dict__ = before, page

    def compile(self, *args: Any, **options: Any) -> Any:
        """Compile a template; see the class."""
        before = self._steps, self._made
        self._steps = self._made = -1
        try:
            return super().compile(*args, **options)
        finally:
            self._steps, self._made = before

    def step(self, number: int = 1) -> None:
        """Count turns of loops and calls. Raises `TooMuchError`."""
        self._steps -= number
        if self._steps < 0:
            raise TooMuchError

    def charge(self, number: int) -> None:
        """Count what is made. Raises `TooMuchError`."""
        self._made -= number
        if self._made < 0:
            raise TooMuchError

    def look(self) -> None:
        """Look at the clock. Raises `TooMuchError`."""
        if thread_time() > self._until:
            raise TooMuchError

    def weigh(self, value: object) -> int:
        """The characters of a text, or of all that is in lists, tuples and dictionaries that lie in each other.

        What lies in two of them counts twice, as it would when it is written out. Ends where it is too much.
        """
        total, pending = 1, [value]
        while pending and total <= self._made:
            item = pending.pop()
            kind = type(item)
            if kind is str or kind is Markup or kind is bytes:
                total += len(item)  # type: ignore[arg-type]  # these have a length
            elif kind is list or kind is tuple or kind is set or kind is frozenset or kind is dict:
                total += _VALUE * (1 + len(item))  # type: ignore[arg-type]  # likewise
                if total <= self._made:
                    pending.extend(item)  # type: ignore[arg-type]
                    pending.extend(item.values() if kind is dict else ())  # type: ignore[attr-defined]
        return total

    # What follows is called by compiled templates.

    @staticmethod
    def shown(value: Any) -> str:
        """A value as it is written into the page. Most hold nothing that means anything in HTML: that is seen at once."""
        if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
            return value
        return escape(value)

    def charged(self, value: Any) -> Any:
        """A value that was made. What gives its items one by one becomes a list: it can be read twice, as an imported part is."""
        if hasattr(value, "__next__"):
            value = list(self._watched(value, 1))
        self.charge(self.weigh(value))
        return value

    def counted(self, items: Iterable[Any]) -> Iterable[Any]:
        """The items of a loop."""
        self._loops += 1
        if not self._loops % _LOOPS:
            self.look()
        try:
            number = len(items)  # type: ignore[arg-type]  # without one, they are taken one by one
        except TypeError:
            return self._watched(items, 1)
        self.step(number)
        return items if number <= _LOOK else self._watched(items, 0)

    def _watched(self, items: Iterable[Any], step: int) -> Iterator[Any]:
        for at, item in enumerate(items):
            if not at % _LOOK:
                self.look()
            self.step(step)
            yield item

    def concat(self, pieces: Iterable[str]) -> str:
        """The pieces of a page, of a macro, of a block."""
        if type(pieces) is list:
            self.charge(sum(map(len, pieces)))
            return "".join(pieces)
        left, parts = iter(pieces), list[str]()
        while some := list(islice(left, 1000)):
            try:
                self.charge(sum(map(len, some)))
                self.look()
            except TooMuchError as error:
                if isinstance(pieces, GeneratorType):
                    pieces.throw(error)  # where it is, so that the line is told
                raise
            parts += some
        return "".join(parts)

    def joined(self, join: Callable[[Iterable[Any]], str], items: tuple[Any, ...]) -> str:
        """What `~` makes of its operands."""
        self.charge(sum(map(self.weigh, items)))
        return join(items)

    def plain(self, obj: Any, attribute: str) -> Any:
        """An attribute with a harmless name, or an item of that name."""
        try:
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **options: Any) -> Any:
        """Call a macro, a method, a loop."""
        self.step(_CALL)
        kind = type(obj)
        if kind is Macro:
            options.pop("_block_vars", None)
            options.pop("_loop_vars", None)
            return obj(context.eval_ctx, *args, **options)
        if kind is LoopContext and args:
            args = (self.counted(args[0]), *args[1:])
        return self.charged(context.call(obj, *args, **options))

    def get_template(self, *args: Any, **options: Any) -> jinja2.Template:
        """A template that is extended, included or imported, or that of a page."""
        self.step()
        self._loops += 1
        if not self._loops % _LOOPS:
            self.look()
        return super().get_template(*args, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes. Raises `TooMuchError` before it is made."""
        if operator == "+":
            if not isinstance(left, (int, float)):
                self.charge(self.weigh(left) + self.weigh(right))
        elif operator == "%":
            if isinstance(left, (str, bytes)):
                self.charge(self._formatted(left if isinstance(left, str) else left.decode("latin-1"), right))
        elif isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * abs(right) if operator == "**" else left.bit_length() + right.bit_length()
            if bits > _MAX_BITS:
                raise TooMuchError
        elif operator == "*" and isinstance(right, int):
            self.charge(self.weigh(left) * max(0, right))
        elif operator == "*" and isinstance(left, int):
            self.charge(self.weigh(right) * max(0, left))
        return super().call_binop(context, operator, left, right)

    def _formatted(self, form: str, values: Any) -> int:
        """At most so long is what `%` makes of a form; the widths in it are what makes it long."""
        if "%(" in form:  # each of these may show any of the values
            if _LARGE.search(form) or "*" in form:
                raise TooMuchError
            return len(form) + form.count("%") * (10_000 + self.weigh(values))
        widths = [width for pair in _WIDTH.findall(form) for width in pair if width]
        if "*" in widths or any(len(width) > 9 for width in widths):
            raise TooMuchError
        return len(form) + sum(map(int, widths)) + self.weigh(values)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether an attribute may be had, when its name alone does not tell."""
        if attr in CLOCK and (isinstance(obj, date) or (isinstance(obj, type) and issubclass(obj, date))):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> jinja2.Undefined:  # noqa: ARG002  # as Jinja calls it
        """Raises `ForbiddenError`."""
        raise ForbiddenError(attribute)

    def wrap_str_format(self, value: Any) -> Callable[..., Any] | None:
        """Something else in the place of a method of a text or number, if it makes much of little."""
        if isinstance(value, (BuiltinMethodType, MethodType)) and isinstance(value.__self__, (str, bytes, int)):
            if value.__name__ in GROWING:
                raise ForbiddenError(value.__name__)
            if value.__name__ == "replace":
                return partial(self.replace, value)
            if value.__name__ == "join":
                return lambda items: value(self.joinable(items, value.__self__))
        return None

    def replace(self, method: Callable[..., Any], old: Any, new: Any, count: int = -1) -> Any:
        """What a method `replace` returns."""
        self.charge(method.__self__.count(old) * len(new))  # type: ignore[attr-defined]  # it is a bound method
        return method(old, new, count)

    def joinable(self, items: Iterable[Any], between: Any) -> list[Any]:
        """Items to be joined by a text."""
        found = list(self.counted(items))
        self.charge(self.weigh(found) + len(found) * len(between))
        return found
