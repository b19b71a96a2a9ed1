"""The one expression language: Jinja's, in a sandbox, for conditions in cards and fields in templates."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import FileSystemBytecodeCache, StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.case import say_words
from generator.dates import say_day, say_short_date, say_time, speak
from generator.errors import TemplateError

NOT_RECORDED = "[not recorded]"
_KEPT_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "first", "groupby", "int", "join", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr",
    "slice", "sort", "string", "sum", "title", "trim", "unique", "upper",
)  # fmt: skip
_MAX_RANGE = 1000


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which `a.b` means the entry b of a dict, so that a field called items is not Python's method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the sandbox asks so
        # Text and dates need no methods in a paper: filters do that work, and cannot be made to grow without bound.
        return isinstance(obj, LoopContext) or (isinstance(obj, dt.date) and attr in {"year", "month", "day"})

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - the sandbox asks so
        """No str.format either: it is a method too, and a width in it makes text of any length."""
        return

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers may be multiplied, text and lists may not: `"x" * 10 ** 9` would fill the memory."""
        if operator == "**" or not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise SecurityError(f"{operator} is for numbers only, and powers are not allowed")
        return super().call_binop(context, operator, left, right)


def say_listed(items: Iterable[Any] | None) -> str:
    """a, b and c."""
    words = [str(item) for item in items or () if item]
    return words[0] if len(words) == 1 else " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def say_sentence(text: Any) -> str:
    """The same text with a capital first letter; nothing for nothing."""
    words = "" if text is None else str(text)
    return words[:1].upper() + words[1:]


def _date_of(moment: Any) -> Any:
    return speak(moment.date()) if isinstance(moment, dt.datetime) else moment


def _optional(say: Callable[[Any], str]) -> Callable[[Any], Any]:
    return lambda value: say(value) if value else value


def make_environment(*, autoescape: bool = False) -> ImmutableSandboxedEnvironment:
    """A sandboxed environment with the filters that cards and templates may use, and no others."""
    environment = _Environment(
        autoescape=autoescape, undefined=StrictUndefined, finalize=_finalize, keep_trailing_newline=True
    )
    environment.filters = {name: environment.filters[name] for name in _KEPT_FILTERS}
    environment.filters |= {
        "short_date": _optional(say_short_date),
        "day": _optional(say_day),
        "time": _optional(say_time),
        "date_of": _date_of,
        "words": _optional(say_words),
        "listed": say_listed,
        "sentence": say_sentence,
    }
    environment.globals = {"range": _short_range}
    return environment


def _short_range(*numbers: int) -> range:
    found = range(*numbers)
    if len(found) > _MAX_RANGE:
        raise SecurityError("A loop over more than 1,000 numbers is not allowed")
    return found


def _finalize(value: Any) -> Any:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, (bool, dict, list, tuple)):
        raise TypeError("a list, a group of facts or a yes or no was printed as if it were text")
    return value


@cache
def _kept_code() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept from run to run, for this user alone; None where nothing can be kept.

    Compiling is most of the work of writing a paper, and the same every time: kept code makes a build a third shorter.
    """
    import jinja2
    from platformdirs import user_cache_path

    folder = user_cache_path("permanence") / f"templates-{jinja2.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = os.access(folder, os.W_OK) and (not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid())
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if mine else None


def compile_template(environment: ImmutableSandboxedEnvironment, source: str) -> Template:
    """A template from its text, from kept code where the same text was compiled before."""
    kept = _kept_code()
    if kept is None:
        return environment.from_string(source)
    # Code depends on how the environment escapes, what it knows and what it watches, so all stand in the key.
    known = f"{environment.autoescape}{sorted(environment.filters)}{sorted(environment.intercepted_binops)}"
    name = hashlib.sha256(f"{known}{source}".encode()).hexdigest()
    try:
        bucket = kept.get_bucket(environment, name, None, source)
        if bucket.code is None:
            bucket.code = environment.compile(source, name)
            kept.set_bucket(bucket)
    except OSError:
        return environment.from_string(source)
    return Template.from_code(environment, bucket.code, environment.make_globals(None))


@lru_cache(maxsize=1)
def _cards() -> ImmutableSandboxedEnvironment:
    return make_environment()


@lru_cache(maxsize=4096)
def _compile_expression(source: str) -> Any:
    return TemplateExpression(compile_template(_cards(), f"{{% set result = ({source}) %}}"), undefined_to_none=False)


@lru_cache(maxsize=4096)
def _compile_text(source: str) -> Any:
    return compile_template(_cards(), source)


_PATH = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")
_PLAIN = {"none": None, "true": True, "false": False}


def _follow(source: str, facts: Mapping[str, Any]) -> tuple[bool, Any]:
    """What a plain path such as child.plan.reasons leads to, without starting Jinja; whether it leads anywhere.

    Most expressions on cards are plain paths, and compiling each takes a millisecond.
    """
    if source in _PLAIN:
        return True, _PLAIN[source]
    if not _PATH.fullmatch(source):
        return False, None
    found: Any = facts
    for name in source.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return False, None
        found = found[name]
    return True, found


def evaluate(source: str, facts: Mapping[str, Any], *, where: str) -> Any:
    """What an expression of a card comes to. `where` names the card and key, for errors.

    Raises TemplateError for a mistake in the expression, and lets UnsafeToDiscloseError through.
    """
    leads, found = _follow(source, facts)
    return found if leads else _run(lambda: _checked(_compile_expression(source)(facts)), where)


def fill(source: str, facts: Mapping[str, Any], *, where: str) -> str:
    """A text of a card with its fields filled in. Raises as `evaluate`."""
    if "{" not in source:
        return source
    return str(_run(lambda: _compile_text(source).render(facts), where))


def _checked(value: Any) -> Any:
    if isinstance(value, StrictUndefined):
        str(value)
    return value


def _run(work: Callable[[], Any], where: str) -> Any:
    try:
        return work()
    except UndefinedError as error:
        raise TemplateError(f"{where} asks for something that is not there: {error.message}") from None
    except TemplateSyntaxError as error:
        raise TemplateError(f"{where} cannot be read: {error.message}") from None
    except (JinjaError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateError(f"{where} cannot be worked out: {type(error).__name__}") from None
