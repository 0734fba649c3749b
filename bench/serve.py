"""Answers requests on standard input, one JSON line each: {"run": method, "map": file or null} -> {"ms": milliseconds}."""
import json
import os
import sys
import time

import numpy as np


def serve(about, methods):
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not mix with the answers

    def send(answer):
        print(json.dumps(answer), file=answers, flush=True)

    send({**about, "methods": sorted(methods)})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            start = time.perf_counter()
            values = methods[request["run"]]()
            ms = (time.perf_counter() - start) * 1000
            if request["map"]:
                np.ascontiguousarray(values, np.float32).tofile(request["map"])
            send({"ms": ms})
        except Exception as error:
            send({"error": f"{type(error).__name__}: {error}"})


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
