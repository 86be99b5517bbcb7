"""`remora serve`: the server itself, in the foreground; or end it, or look at it."""

from __future__ import annotations

import argparse
import json
import logging
import sys

from remora.config import load, places
from remora.errors import UserError
from remora.server.client import open_client


def run(arguments: argparse.Namespace) -> int:
    found = places()
    if arguments.stop or arguments.status:
        return _ask(arguments)
    from remora.server.lifecycle import AlreadyRunning, serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    try:
        serve(found, load(found.config / "config.toml"))
    except AlreadyRunning as running:
        print(f"remora: {running}", file=sys.stderr)
        return 0
    return 0


def _ask(arguments: argparse.Namespace) -> int:
    try:
        client = open_client(places(), "cli", start=False)
    except UserError as error:
        if error.code != "no_server":
            raise
        print("No server is running.", file=sys.stderr)
        return 0
    try:
        if arguments.stop:
            client.call("serve_stop", {})
            print("The server leaves.", file=sys.stderr)
        else:
            print(json.dumps(client.call("status", {}), indent=None if arguments.json else 2))
    finally:
        client.close()
    return 0
