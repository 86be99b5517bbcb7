"""The scripted engine plays its file as doc/protocol.md, section 4, says."""

from __future__ import annotations

import asyncio
import json

import pytest

from engine.asking import ask, read, read_until, text_of
from remora.engine import open_engine
from remora.engine.protocol import Finished, Reading, Text
from remora.engine.scripted import Answer, Scripted
from remora.errors import EngineError, UserError


def played(answers, *prompts, loop=False, **request):
    async def main():
        engine = Scripted(answers, loop=loop)
        return [await read(engine.generate(ask(prompt, **request))) for prompt in prompts]

    return asyncio.run(main())


def texts(answers, *prompts, loop=False):
    return [text_of(deltas) for deltas in played(answers, *prompts, loop=loop)]


def test_answers_are_played_in_order():
    assert texts(["one", "two"], "a", "b") == ["one", "two"]


def test_an_answer_with_a_match_waits_for_its_prompt_and_is_taken_first():
    answers = ["plain", Answer("for b", match="bee")]
    assert texts(answers, "a bee", "x") == ["for b", "plain"]


def test_a_loop_starts_again_where_the_line_ends():
    assert texts(["one", Answer("m", match="bee"), "two"], "x", "bee", "x", "x", "bee", loop=True) == [
        "one", "m", "two", "one", "m",
    ]  # fmt: skip


def test_a_script_without_an_answer_left_says_so():
    with pytest.raises(EngineError, match=r"has no answer left for this prompt\. Add one, or set"):
        texts([Answer("b", match="bee")], "x")


def test_text_comes_in_pieces_of_four_characters_after_the_prompt_was_read():
    (deltas,) = played([Answer("abcdefghij", prompt_tokens=130)], "x")
    assert [d for d in deltas if isinstance(d, Reading)] == [
        Reading(0, 130), Reading(64, 130), Reading(128, 130), Reading(130, 130),
    ]  # fmt: skip
    assert [d.text for d in deltas if isinstance(d, Text)] == ["abcd", "efgh", "ij"]
    last = deltas[-1]
    assert (last.reason, last.prompt_tokens, last.cached_tokens, last.answer_tokens) == ("stop", 130, 0, 3)


def test_prompt_tokens_are_counted_when_the_script_names_none():
    (deltas,) = played(["x"], "12345")
    assert deltas[-1].prompt_tokens == 2


def test_an_answer_that_never_ends_is_cut_at_the_token_cap():
    (deltas,) = played([Answer("ab", never_ends=True)], "x", max_tokens=5)
    assert text_of(deltas) == "ab" * 5
    assert deltas[-1].reason == "length"


def test_an_answer_of_exactly_the_token_cap_ends_by_itself():
    (deltas,) = played(["abcdefgh"], "x", max_tokens=2)
    assert deltas[-1].reason == "stop"


def test_a_stop_word_ends_the_answer_before_it():
    (deltas,) = played(["abc```def"], "x", stop=("```",))
    assert text_of(deltas) == "abc"


def test_an_empty_answer_is_an_answer():
    (deltas,) = played([""], "x")
    assert text_of(deltas) == ""
    assert isinstance(deltas[-1], Finished)


def test_fail_raises_its_message_after_the_text():
    async def main():
        stream = Scripted([Answer("half", fail="out of luck")]).generate(ask())
        assert await read_until(stream, Text) == Text("half")
        with pytest.raises(EngineError, match=r"^out of luck$"):
            await read(stream)

    asyncio.run(main())


def test_die_ends_the_engine_mid_stream_and_the_next_request_works():
    async def main():
        engine = Scripted([Answer("abcdefgh", die=True), "fine"])
        stream = engine.generate(ask())
        assert await read_until(stream, Text) == Text("abcd")
        with pytest.raises(EngineError, match=r"died in the middle of its answer.*Ask again\."):
            await read(stream)
        return text_of(await read(engine.generate(ask())))

    assert asyncio.run(main()) == "fine"


def test_a_file_is_played_through_open_engine(tmp_path):
    path = tmp_path / "script.json"
    path.write_text(json.dumps({"answers": [{"text": "hi", "delay_ms": 1}], "tokens_per_second": 1000, "loop": True}))

    async def main():
        engine = open_engine(f"scripted:{path}")
        return [text_of(await read(engine.generate(ask()))) for _ in range(2)], engine.stats()

    answers, stats = asyncio.run(main())
    assert answers == ["hi", "hi"]
    assert stats["played"] == 2


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "not a readable script"),
        ("{", "not a readable script"),
        ("[]", 'an object with a list "answers"'),
        ('{"answers": [], "speed": 1}', "unknown key 'speed'; known are answers, tokens_per_second, loop"),
        ('{"answers": [], "tokens_per_second": -1}', "tokens_per_second must be >= 0"),
        ('{"answers": [], "loop": 1}', "loop must be true or false, not 1"),
        ('{"answers": [1]}', "answers[0]: an answer is a text or an object"),
        ('{"answers": ["", {}]}', 'answers[1]: an answer needs "text" or "fail"'),
        ('{"answers": [{"txt": "x"}]}', "answers[0]: unknown key 'txt'"),
        ('{"answers": [{"text": 3}]}', "text must be a text, not 3"),
        ('{"answers": [{"text": "x", "prompt_tokens": true}]}', "prompt_tokens must be an integer, not True"),
        ('{"answers": [{"text": "", "never_ends": true}]}', "never_ends needs a text to repeat"),
        ('{"answers": [{"text": "x", "delay_ms": -1}]}', "must be >= 0"),
    ],
)
def test_a_script_that_breaks_the_format_is_refused_by_place(tmp_path, script, message):
    path = tmp_path / "script.json"
    if script is not None:
        path.write_text(script)
    with pytest.raises(UserError) as raised:
        open_engine(f"scripted:{path}")
    assert str(path) in str(raised.value)
    assert message in str(raised.value)
    assert str(raised.value).endswith("See doc/protocol.md, section 4, and correct the file.")
