"""`remora journal …` and `remora replay`."""

from __future__ import annotations

import argparse
import json
import sys
import time

from remora.cli.output import put, put_diff
from remora.cli.session import connection


def listing(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        found = link.call("journal")
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for row in found:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row["at"]))
        put(f"{row['id']}  {when}  {row['outcome']:<9}  {row['node']}  {row['request'][:60]}")
    if not found:
        print("Nothing was recorded here yet.", file=sys.stderr)
    return 0


def show(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        lines = link.call("journal", id=arguments.session)
    for line in lines:
        print(json.dumps(line, ensure_ascii=False))
    return 0


def forget(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        done = link.call("journal", id=arguments.session, forget=True)
    print(json.dumps(done) if arguments.json else f"{done['forgotten']} records deleted.")
    return 0


def replay(arguments: argparse.Namespace) -> int:
    with connection(arguments) as link:
        done = link.call("replay", id=arguments.session)
    if arguments.json:
        print(json.dumps(done, ensure_ascii=False))
    else:
        put_diff(done["diff"])
        print("Identical to the recorded proposal." if done["identical"] else "Not identical.", file=sys.stderr)
    return 0 if done["identical"] else 1
