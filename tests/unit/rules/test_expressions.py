"""Expressions of cards and templates: what they may reach and cost, and that any text is worked out or refused."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import textwrap
import time
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.errors import TemplateError, UnsafeToDiscloseError
from generator.case.audience import Audience
from generator.disclosure.lens import Withheld
from generator.rules.expressions import language as expressions
from generator.rules.expressions.language import evaluate, fill, make_environment
from places import ROOT

FACTS: dict[str, Any] = {
    "child": {"name": "Rowan", "born_on": dt.date(2025, 3, 14), "items": ["a", "b"], "plan": None},
    "children": [{"name": "Rowan", "age": 1}, {"name": "Wren", "age": 11}],
    "secret": Withheld("address", Audience.COURT),
    "now": dt.datetime(2026, 11, 22, 9, 30),
    "n": 7,
    "ask": lambda question, item: f"{question} {item}",
}
TEN = "'aaaaaaaaaa'"
TOO_MUCH = {
    "loops": "{% for a in range(1000) %}" * 3 + "{% endfor %}" * 3,
    "loops over one list": "{% for a in range(999) | list %}" * 3 + "x" + "{% endfor %}" * 3,
    "a loop that prints much": "{% for a in range(1000) %}" + "x" * 200_000 + "{% endfor %}",
    "replacing": "{{ " + TEN + f" | replace('a', {TEN})" * 12 + " }}",
    "joining": "{{ range(1000)|join(range(1000)|join(range(1000)|join('xx'))) }}",
    "joining by a long text": "{{ range(1000) | map('string') | join('a'" + f" | replace('a', {TEN})" * 6 + ") }}",
    "doubling with ~": "{% set a = 'ab' %}" + "{% set a = a ~ a %}" * 40 + "{{ a | length }}",
    "doubling with +": "{% set a = 'ab' %}" + "{% set a = a + a %}" * 40 + "{{ a | length }}",
    "doubling a list": "{% set a = [1] %}" + "{% set a = a + a %}" * 40 + "{{ a | length }}",
    "lists of lists": "{% set a = [1, n] %}" + "{% set a = [a, a] %}" * 40 + "{{ a == [a, n] }}",
    "filling up": "{{ [1] | batch(1000000000, 'x') | list | length }}",
    "slicing": "{{ [1] | slice(1000000000) | list | length }}",
    "rounding": "{{ 5 | round(1000000000, 'ceil') }}",
    "a long number": "{% set a = 99999999 %}" + "{% set a = a * a %}" * 60 + "{{ a }}",
    "times": "{{ 'a' * 1000000000 }}",
    "a list times": "{{ [n] * 1000000000 }}",
    "a power": "{{ n ** 10 ** 9 }}",
    "a wide number": "{{ '%1000000000d' % n }}",
    "a long range": "{{ range(1000000000) | list | length }}",
    "a chain of filters": "{{ ('name'" + " | unique" * 100 + ") }}",
    "a text as a list": "{% set a = 'ab' %}" + "{% set a = a ~ a %}" * 22 + "{{ a | list | length }}",
}  # fmt: skip


@pytest.mark.parametrize("source", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_makes_too_much_work_is_refused_by_name_and_soon(source: str) -> None:
    started = time.process_time()
    with pytest.raises(TemplateError, match=r"^The card visit-note\.yaml"):
        fill(source, FACTS, where="The card visit-note.yaml")
    assert time.process_time() - started < 5


def test_what_makes_too_much_work_never_takes_a_gigabyte() -> None:
    pytest.importorskip("resource")
    program = """
        import json, resource, sys
        from generator.rules.expressions import language as expressions
        from generator.base.errors import TemplateError
        expressions._kept_code = lambda: None
        for source in json.load(sys.stdin):
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            try:
                expressions.fill(source, {"n": 7}, where="x")
            except TemplateError as error:
                assert "deeply" not in str(error), "the memory was at its end"
                print(error)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    given_to = json.dumps([*TOO_MUCH.values()])
    done = subprocess.run(command, cwd=ROOT, input=given_to, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == len(TOO_MUCH)


def test_the_time_is_limited_where_each_step_is_cheap_and_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.rules.expressions.sandbox.MOST_SECONDS", 0.2)
    slow = "{% for a in range(900) %}{% for b in range(900) %}{{ 'b' in text }}{% endfor %}{% endfor %}"
    started = time.process_time()
    with pytest.raises(TemplateError, match="more work than any paper needs"):
        fill(slow.replace("{{", "{% if").replace("}}", "%}{% endif %}"), {"text": "a" * 200_000}, where="x")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "source",
    [
        "children | map(attribute='name') | join(', ')",
        "children | selectattr('age', 'gt', 2) | map(attribute='name') | list",
        "child.items[0] ~ child.born_on.year",
        "[child.name, n] | length",
        "17.5 | round(1)",
        "'a b' | replace('a', child.name) | upper",
    ],
)
def test_what_cards_do_is_worked_out(source: str) -> None:
    assert evaluate(source, FACTS, where="x")


def test_groups_have_a_grouper_and_a_list() -> None:
    source = "{% for group in children | groupby('age') %}{{ group.grouper }} {{ group.list[0].name }} {% endfor %}"
    assert fill(source, FACTS, where="x") == "1 Rowan 11 Wren "


def test_loops_know_their_turn_and_lists_may_be_built() -> None:
    source = (
        "{% for one in children | selectattr('age') %}{{ loop.index }}/{{ loop.length }} {{ one.name }}{% endfor %}"
    )
    assert fill(source, FACTS, where="x") == "1/2 Rowan2/2 Wren"
    assert evaluate("[child.name, 'Wren']", FACTS, where="x") == ["Rowan", "Wren"]
    assert fill("{% for a, b in [(1, n), (2, n)] %}{{ a }}{{ b }}{% endfor %}", FACTS, where="x") == "1727"


@pytest.mark.parametrize(
    "tag",
    [
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% call(x) ask(1, 2) %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% autoescape false %}x{% endautoescape %}",
        "{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}",
    ],
)
def test_only_if_for_and_set_are_tags(tag: str) -> None:
    with pytest.raises(TemplateError, match="not allowed"):
        fill(tag, FACTS, where="x")


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ child.__class__ }}",
        "{{ child['__class__'] }}",
        "{{ child | attr('__class__') }}",
        "{{ [child] | map(attribute='__class__') | first }}",
        "{{ ask.__globals__ }}",
        "{{ ask['__globals__'] }}",
        "{{ ask }}",
        "{{ range }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ '{0.__class__}'.format(child) }}",
        "{{ ['{0.__class__}'] | map('format', child) | first }}",
        "{{ 'a'.join(['b']) }}",
        "{{ child.items.append('c') }}",
        "{{ child.update({'name': 'x'}) }}",
        "{% for x in [1] %}{{ loop }}{% endfor %}",
        "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
        "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
        "{% for x in [1] %}{{ loop.changed }}{% endfor %}",
        "{{ children | map(attribute='name') }}",
        "{{ children | batch(2) }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ namespace() }}",
        "{{ dict }}",
    ],
)
def test_nothing_but_facts_can_be_reached_or_printed(source: str) -> None:
    with pytest.raises(TemplateError):
        fill(source, FACTS, where="x")


@pytest.mark.parametrize("deep", ["(" * 3000 + "1" + ")" * 3000, "not " * 3000 + "1", "-" * 3000 + "1", "[" * 3000])
def test_deep_nesting_is_refused(deep: str) -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        evaluate(deep, FACTS, where="x")


def test_deep_loops_are_refused() -> None:
    with pytest.raises(TemplateError, match="nested too deeply"):
        fill("{% for a in [n] %}" * 40 + "{% endfor %}" * 40, FACTS, where="x")


def test_a_fact_that_is_asked_for_by_another_is_not_quoted() -> None:
    for source in ("{{ child[children[1].name] }}", "{{ {}[child.name] }}", "{{ range(child.name) }}"):
        with pytest.raises(TemplateError) as refused:
            fill(source, FACTS, where="x")
        assert "Wren" not in str(refused.value)
        assert "Rowan" not in str(refused.value)


def test_an_if_without_else_comes_to_nothing() -> None:
    assert evaluate("child.name if n > 9", FACTS, where="x") is None
    assert fill("{{ child.name if n > 9 }}", FACTS, where="x") == ""


def test_a_misspelt_entry_is_named() -> None:
    with pytest.raises(TemplateError, match="nmae"):
        fill("{{ children | map(attribute='nmae') | first }}", FACTS, where="x")


NAMES = st.sampled_from(["child", "children", "secret", "now", "n", "ask", "range", "nothing", "none", "true", "loop"])
CONSTANTS = st.sampled_from(["0", "1", "7", "-1", "2.5", "1e999", "''", "'a'", "'name'", "[]", "{}", "()", "'{0}'"])
ATTRIBUTES = st.sampled_from(["name", "born_on", "year", "items", "format", "__class__", "nmae", "0", "length"])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">=", "and", "or", "in"])
FILTERS = st.sampled_from([*make_environment().filters, "prose", "attr"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    listed = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(inner, ATTRIBUTES).map(".".join),
        st.tuples(inner, inner).map("{0[0]}[{0[1]}]".format),
        st.tuples(inner, inner).map("{0[0]}[:{0[1]}]".format),
        st.tuples(inner, FILTERS, listed).map("({0[0]} | {0[1]}({0[2]}))".format),
        st.tuples(inner, FILTERS).map("({0[0]} | {0[1]})".format),
        st.tuples(inner, FILTERS, st.sampled_from(["attribute", "start", "d", "default"]), inner).map(
            "({0[0]} | {0[1]}({0[2]}={0[3]}))".format
        ),
        st.tuples(inner, OPERATORS, inner).map("({0[0]} {0[1]} {0[2]})".format),
        st.tuples(inner, listed).map("{0[0]}({0[1]})".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
        st.tuples(inner, st.sampled_from(["defined", "mapping", "divisibleby(0)", "sameas(n)", "in(n)"])).map(
            "({0[0]} is {0[1]})".format
        ),
        listed.map("[{}]".format),
        st.tuples(inner, inner).map("{{{0[0]}: {0[1]}}}".format),
        inner.map("not {}".format),
        inner.map("-{}".format),
    )


EXPRESSIONS = st.recursive(NAMES | CONSTANTS, _grown, max_leaves=8)
TEMPLATES = st.lists(
    st.one_of(
        st.tuples(EXPRESSIONS).map("{{{{ {0[0]} }}}}".format),
        st.tuples(EXPRESSIONS).map("{{% set x = {0[0]} %}}{{{{ x }}}}".format),
        st.tuples(EXPRESSIONS, EXPRESSIONS).map("{{% for x in {0[0]} %}}{{{{ {0[1]} }}}}{{% endfor %}}".format),
        st.tuples(EXPRESSIONS).map("{{% if {0[0]} %}}x{{% endif %}}".format),
        st.text(alphabet="{}%#-+ \n'\"ax|.[]()0", max_size=8),
    ),
    max_size=4,
).map("".join)


@pytest.fixture(scope="module")
def nothing_kept() -> Any:
    """Compiled templates are kept on the disk; those of these tests are not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expressions, "_kept_code", lambda: None)
        yield


def is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    plain = (str, int, float, dt.date, dict, range, type(None), Withheld, type(FACTS["ask"]))
    return isinstance(value, plain) or hasattr(value, "__next__")


@pytest.mark.usefixtures("nothing_kept")
def test_odd_code_makes_no_remark_of_python() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with pytest.raises(TemplateError):
            fill("{{ none[1:] }}", FACTS, where="x")
    assert told == []


@pytest.mark.usefixtures("nothing_kept")
@settings(deadline=None)
@given(source=EXPRESSIONS)
def test_any_expression_gives_facts_or_is_refused(source: str) -> None:
    try:
        found = evaluate(source, FACTS, where="x")
    except (TemplateError, UnsafeToDiscloseError):
        return
    assert is_plain(found) or callable(found) is (source in ("range", "ask"))


@pytest.mark.usefixtures("nothing_kept")
@settings(deadline=None)
@given(source=TEMPLATES)
def test_any_template_gives_text_or_is_refused(source: str) -> None:
    try:
        said = fill(source, FACTS, where="x")
    except (TemplateError, UnsafeToDiscloseError):
        return
    for sign in (" object at 0x", "<class ", "<function ", "built-in", "Undefined"):
        assert sign not in said


@pytest.mark.parametrize(
    "source",
    [
        "{% set n = 0 %}{% for one in orders %}{% set n = n + 1 %}{% endfor %}{{ n }}",
        "{% for one in orders %}{% if one %}{% set found = one %}{% endif %}{% endfor %}{% if found %}x{% endif %}",
        "{% for a in orders %}{% set n = 0 %}{% for b in orders %}{% set n = n + 1 %}{% endfor %}{{ n }}{% endfor %}",
    ],
)
def test_what_a_loop_forgets_is_refused_and_not_printed_as_0(source: str) -> None:
    with pytest.raises(TemplateError, match="is set inside a loop and asked for after it"):
        fill(source, {"orders": [1, 2]}, where="The card a.yaml")


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% for one in orders %}{% set n = one + 1 %}{{ n }}{% endfor %}", "23"),
        ("{% for one in orders %}{% set n = one %}{{ n }}{% endfor %}{% set n = 9 %}{{ n }}", "129"),
        ("{% for a in orders %}{% set n = a %}{% endfor %}{% for n in orders %}{{ n }}{% endfor %}", "12"),
        ("{% set n = 7 %}{% for one in orders %}{{ n }}{% endfor %}{{ n }}", "777"),
    ],
)
def test_names_that_loops_keep_to_themselves_are_allowed(source: str, printed: str) -> None:
    assert fill(source, {"orders": [1, 2]}, where="The card a.yaml") == printed
