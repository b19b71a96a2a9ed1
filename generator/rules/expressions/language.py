"""The one expression language: Jinja's, in a sandbox, for conditions in cards and fields in templates."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

import jinja2
from jinja2 import (
    FileSystemBytecodeCache,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
)
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError
from jinja2.exceptions import TemplateError as JinjaError
from platformdirs import user_cache_path

from generator import __version__
from generator.base.dates import format_day, format_short_date, format_time, speak
from generator.base.english import capitalise, join_words
from generator.base.errors import TemplateError
from generator.case.words import describe_word
from generator.rules.expressions.sandbox import Sandbox, limited_work, meter_list, meter_text

NOT_RECORDED = "[not recorded]"


def _capitalise(text: Any) -> str:
    return "" if text is None else capitalise(str(text))


def _date_of(moment: Any) -> Any:
    return speak(moment.date()) if isinstance(moment, dt.datetime) else moment


def _optional(say: Callable[[Any], str]) -> Callable[[Any], Any]:
    return lambda value: say(value) if value else value


def make_environment(*, autoescape: bool = False) -> Sandbox:
    """Return a sandboxed environment with only the filters that cards and templates may use."""
    environment = Sandbox(autoescape=autoescape, finalize=_finalize)
    environment.filters |= {
        "short_date": _optional(format_short_date),
        "day": _optional(format_day),
        "time": _optional(format_time),
        "date_of": _date_of,
        "words": _optional(describe_word),
        "listed": meter_list(join_words),
        "sentence": meter_text(_capitalise),
    }
    return environment


_PRINTED = (str, int, float, dt.date, dt.time)


def _finalize(value: Any) -> Any:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, Undefined):
        return str(value)
    # What is put in as a piece of a Word file, such as a picture, says so of itself.
    if isinstance(value, bool) or not (isinstance(value, _PRINTED) or hasattr(value, "__html__")):
        raise SecurityError("a list, a group of facts or a yes or no was printed as if it were text")
    return value


@cache
def _kept_code() -> FileSystemBytecodeCache | None:
    """Return the cache of compiled templates in this user's own folder; None where there can be none.

    Compiling is most of the work of writing a paper, and the same every time: the cache makes a build a third shorter.
    """
    folder = user_cache_path("permanence") / f"templates-{jinja2.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = os.access(folder, os.W_OK) and (not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid())
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if mine else None


def parse_source(source: str) -> nodes.Template:
    """Return the syntax tree of a template's text. Raises TemplateSyntaxError where its tags cannot be read."""
    return _cards().parse(source)


def compile_template(environment: Sandbox, source: str) -> Template:
    """Return a template from its text, from the cache where the same text was compiled before."""
    kept = _kept_code()
    if kept is None:
        return environment.from_string(source)
    # Code depends on how the environment escapes, what it knows and what it watches, so all stand in the key.
    watched = f"{sorted(environment.filters)}{sorted(environment.intercepted_binops)}"
    known = f"{__version__}{environment.autoescape}{watched}"
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
def _cards() -> Sandbox:
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
    """Return whether a plain path such as child.plan.reasons leads anywhere, and to what, without using Jinja.

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
    """Return the value of an expression of a card. `where` names the card and key, for errors.

    Raises TemplateError for a mistake in the expression, and UnsafeToDiscloseError for a fact that may not be seen.
    """
    leads, found = _follow(source, facts)
    return found if leads else _run(lambda: _checked(_compile_expression(source)(facts)), where)


def fill(source: str, facts: Mapping[str, Any], *, where: str) -> str:
    """Return a text of a card with its fields filled in. Raises the same errors as `evaluate`."""
    if "{" not in source:
        return source
    return str(_run(lambda: _compile_text(source).render(facts), where))


def _checked(value: Any) -> Any:
    if isinstance(value, StrictUndefined):
        str(value)
    # `a if b` without else comes to this where b does not hold.
    return None if isinstance(value, Undefined) else value


def _run(work: Callable[[], Any], where: str) -> Any:
    with refusing(where):
        return work()


_TOO_DEEP = (RecursionError, SyntaxError, MemoryError)
"""What Python raises for code that is nested too deeply or too long."""
_MISUSES = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, NameError)
"""What Python raises where a filter gets the wrong type of value, or a number is too large."""


@contextmanager
def refusing(where: str, quote: Callable[[int | None], str] = lambda _line: "") -> Iterator[None]:
    """Turn every error in the sandbox inside the block, and work that takes too long, into a TemplateError.

    `where` is its first words; `quote` gives the words of the template on a line, to find the place by. Values out of
    the case file are not quoted. Lets UnsafeToDiscloseError through.
    """
    try:
        with limited_work():
            yield
    except (*_TOO_DEEP, JinjaError, *_MISUSES) as error:
        words = quote(_find_line(error))
        near = f" (in the paragraph “{words}”)" if words else ""
        raise TemplateError(f"{where} {_explain(error)}{near}") from None


def _explain(error: BaseException) -> str:
    if isinstance(error, UndefinedError):
        return f"asks for what is not there: {_MISSING.sub(_describe_missing, error.message or '')}"
    if isinstance(error, SecurityError):
        return f"cannot be worked out: {error.message}"
    if isinstance(error, TemplateSyntaxError):
        return f"cannot be read: {_AT.sub('', error.message or '')}"
    if isinstance(error, _TOO_DEEP):
        return "cannot be read: it is nested too deeply"
    return f"cannot be worked out: {type(error).__name__}"


_AT = re.compile(r" at \d+$")
_MISSING = re.compile(r"(?:.* has no attribute )?'([^']*)'(?: is undefined)?")


def _describe_missing(found: re.Match[str]) -> str:
    return f"no fact of that name is known here, {found[1]}"


def _find_line(error: BaseException) -> int | None:
    """Return the line of the template that caused an error."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename in _TEMPLATES]
    return lines[-1] if lines else None


_TEMPLATES = ("<template>", "<unknown>")
"""The file name that Jinja gives to a template made from text."""
