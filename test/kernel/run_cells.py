"""Runs cells in a real kernel and prints what came back as JSON; the tests read it.

stdin: {"argv": [kernel command], "cwd": folder, "cells": [code or {"code", "interruptAt"}], "timeout": seconds}
       interruptAt: the kernel is interrupted when this text has been printed by the cell.
       or {"argv", "cwd", "notebook": path}: the notebook as nbclient executes it.
"""
import json
import os
import sys
import tempfile
import time

request = json.load(sys.stdin)
# The kernel inherits standard output, and Node makes it non-blocking: our answer would lose pieces on a shared pipe.
answer = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
home = tempfile.TemporaryDirectory(prefix="convlens-kernel-")
spec = os.path.join(home.name, "kernels", "tslab")
os.makedirs(spec)
with open(os.path.join(spec, "kernel.json"), "w") as file:
    json.dump({"argv": request["argv"], "display_name": "TypeScript", "language": "typescript",
               "interrupt_mode": request.get("interruptMode", "signal")}, file)
os.environ.update(JUPYTER_PATH=home.name, JUPYTER_RUNTIME_DIR=home.name, JUPYTER_DATA_DIR=home.name, IPYTHONDIR=home.name)
TIMEOUT = request.get("timeout", 120)


def run_cells():
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="tslab", cwd=request["cwd"])
    try:
        return [run_cell(manager, client, {"code": cell} if isinstance(cell, str) else cell) for cell in request["cells"]]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run_cell(manager, client, cell):
    start = time.time()
    sent = client.execute(cell["code"], stop_on_error=False)
    outputs, printed, interrupted, count = [], "", None, None
    while True:
        message = client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != sent:
            outputs.append({"type": "stray", "content": message["content"]})
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            break
        if kind == "execute_input":
            count = content["execution_count"]
        elif kind != "status":
            outputs.append({"type": kind, **content})
        if kind == "stream":
            printed += content["text"]
        if interrupted is None and cell.get("interruptAt") and cell["interruptAt"] in printed:
            interrupted = time.time()
            manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=TIMEOUT)
    while reply["parent_header"].get("msg_id") != sent:
        reply = client.get_shell_msg(timeout=TIMEOUT)
    end = time.time()
    return {"outputs": outputs, "reply": reply["content"], "count": count, "seconds": end - start,
            "secondsAfterInterrupt": None if interrupted is None else end - interrupted}


def run_notebook():
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(request["notebook"], as_version=4)
    error = None
    try:
        NotebookClient(notebook, kernel_name="tslab", timeout=TIMEOUT, resources={"metadata": {"path": request["cwd"]}}).execute()
    except CellExecutionError as failed:
        error = {"ename": failed.ename, "evalue": failed.evalue, "text": str(failed)}
    return {"cells": [cell for cell in notebook.cells if cell.cell_type == "code"], "error": error}


json.dump(run_notebook() if "notebook" in request else run_cells(), answer)
answer.close()
