"""python execute.py notebooks out [--save] name...: runs notebooks in the TypeScript kernel, writes out/name.ipynb and out/name.html."""
import asyncio
import os
import pathlib
import re
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter

CELL_LIMIT = 600  # seconds


def failure(client, notebook, error):
    """What went wrong, and in which cell (counted from 1), on one line."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    broken = next((i for i, cell in enumerate(code, 1) if any(o.output_type == "error" for o in cell.outputs)), None)
    where = broken or sum(1 for cell in code if cell.get("execution_count")) or 1
    if isinstance(error, CellTimeoutError):
        return f"code cell {where}: no end after {CELL_LIMIT} s"
    if isinstance(error, DeadKernelError):
        return f"code cell {where}: the kernel died"
    said = (error.evalue or str(error)).strip().splitlines()
    return f"code cell {where}: {error.ename}: {said[0] if said else ''}"


def still(notebook):
    """Without the scripts of live figures: a clone is not trusted, so they would only make the files larger until the cells are run."""
    for output in (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs):
        if html := output.get("data", {}).get("text/html"):
            output["data"]["text/html"] = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    notebook.metadata.pop("convlens", None)
    return notebook


def execute(source, out, save):
    notebook = nbformat.read(source, as_version=4)
    cells = sum(1 for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip())
    client = NotebookClient(notebook, timeout=CELL_LIMIT, kernel_name="tslab", record_timing=False, resources={"metadata": {"path": str(source.parent)}})
    start = time.monotonic()
    problem = ""
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        problem = failure(client, notebook, error)
    seconds = time.monotonic() - start
    out.mkdir(parents=True, exist_ok=True)
    # What the site tells of the run; git keeps none of it.
    notebook.metadata["convlens"] = {"seconds": round(seconds, 1), "model": os.environ.get("CONVLENS_MODEL") or "efficientnet-lite0"}
    nbformat.write(notebook, out / source.name)
    html, _ = HTMLExporter().from_notebook_node(notebook)
    (out / f"{source.stem}.html").write_text(html, encoding="utf-8")
    if save and not problem:
        nbformat.write(still(notebook), source)
    print(f"{'✗' if problem else '✓'} {source.stem:<24} {cells:3} cells  {seconds:5.1f} s  {problem or 'ok'}", flush=True)
    return not problem


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    folder, out, *rest = sys.argv[1:]
    names = [name for name in rest if name != "--save"]
    good = [execute(pathlib.Path(folder) / f"{name}.ipynb", pathlib.Path(out), "--save" in rest) for name in names]
    sys.exit(0 if all(good) else 1)
