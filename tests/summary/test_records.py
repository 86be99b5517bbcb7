"""Lines in the store: by what they were made from, over a real database that is closed and opened again."""

from __future__ import annotations

from pathlib import Path

from remora.isg.extract import extract
from remora.store.database import Store
from remora.summary.lines import file_lines
from remora.summary.pyramid import package_line
from remora.summary.records import RULES, Source, Stored, SummaryRecords

ONE = Source("body", "model", "prompt", "params")
LINE = Stored("Return one", "llm_assisted", 0.7, 1.0)


def test_a_line_is_there_after_the_database_was_opened_again(tmp_path: Path):
    store = Store.open(tmp_path / "store")
    SummaryRecords(store, "/r").put({ONE: LINE, ONE._replace(model_id=RULES): LINE})
    store.close()
    store = Store.open(tmp_path / "store")
    records = SummaryRecords(store, "/r")
    assert records.get([ONE, ONE._replace(body_hash="other")]) == {ONE: LINE}
    assert records.by_prompt([("body", "prompt")]) == {("body", "prompt"): LINE}
    assert records.by_prompt([("body", "prompt")], "another model") == {}
    store.close()


def test_a_line_that_was_used_goes_before_a_newer_failure():
    records = SummaryRecords(Store.open(None), "/r")
    failed = Stored("Run", "rule_based_insufficient", 0.1, 9.0, "engine: it broke")
    records.put({ONE: LINE, ONE._replace(model_id="other"): failed})
    assert records.by_prompt([("body", "prompt")]) == {("body", "prompt"): LINE}
    assert not failed.is_settled and failed._replace(error="refused: empty").is_settled


def test_the_last_line_of_a_node_is_its_own_repositorys():
    store = Store.open(None)
    records = SummaryRecords(store, "/r")
    records.put({ONE: LINE})
    records.set_last({"a.py-a-f": ONE})
    assert records.last_of(["a.py-a-f", "a.py-a-g"]) == {"a.py-a-f": (ONE, LINE)}
    assert SummaryRecords(store, "/other").last_of(["a.py-a-f"]) == {}


def test_more_lines_than_fit_into_one_script():
    records = SummaryRecords(Store.open(None), "/r")
    sources = [ONE._replace(body_hash=str(number)) for number in range(2500)]
    records.put(dict.fromkeys(sources, LINE))
    assert len(records.get(sources)) == 2500


def test_classes_and_modules_without_words_of_their_own_are_told_by_what_stands_in_them():
    code = (
        "class Xq:\n"
        '    def parse(self):\n        """Parse the invoice."""\n\n'
        '    def send(self):\n        """Send the invoice to the customer."""\n'
    )
    told = {one.subject.name: one for one in file_lines(extract("a.py", code), SummaryRecords(Store.open(None), "/r"))}
    assert len(told["Xq"].members) == 2
    assert told["Xq"].confidence < 0.75 and "`" not in told["Xq"].text


def test_a_package_is_told_by_its_own_file_or_by_its_modules():
    assert package_line([("__init__", "Provide a shop", 0.9), ("cart", "Hold items", 0.9)]) == ("Provide a shop", 0.9)
    told = [("a", "Parse invoices", 0.9), ("b", "Send mail; returns int", 0.8)]
    assert package_line(told) == ("Parse invoices and send mail", 0.7)
    assert package_line(told[:1]) == ("Parse invoices", 0.9)


def test_a_package_whose_modules_say_nothing_is_told_by_their_names():
    vague = [
        (name, f"Provide {name}", 0.55) for name in ("__main__", "app", "cli", "json", "views", "wrappers", "typing")
    ]
    assert package_line(vague) == ("Hold the modules app, cli, json, views and 2 more", 0.7)
    assert package_line(vague[:3]) == ("Hold the modules app and cli", 0.7)
    assert package_line(vague[:2]) == ("Hold the module app", 0.7)
    assert package_line([("m" * 200, "", 0.0), ("b", "", 0.0)]) == ("", 0.0)
    assert package_line([]) == ("", 0.0)
