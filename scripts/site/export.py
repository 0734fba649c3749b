"""python export.py folder name...: notebooks with their outputs, as JSON lines: for each its title, its opening, its sections, the HTML of its cells and its pictures."""
import json
import pathlib
import re
import sys
from html import unescape

import nbformat
from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class Renderer(IPythonRenderer):
    """Formulae are set later, in Node: here they are only marked."""

    def block_math(self, body):
        return f'<div class="tex">{self.escape_html(body)}</div>'

    def inline_math(self, body):
        return f'<span class="tex">{self.escape_html(body)}</span>'

    def _html_embed_images(self, html):
        """nbconvert's own parses each piece of HTML by itself, which closes a <details> before what is folded in it."""
        return re.sub(r'(<img\b[^>]*\bsrc=")([^"]+)"', lambda found: f'{found[1]}{self._src_to_base64(found[2]) or found[2]}"', html)

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


class Exporter(HTMLExporter):
    @pass_context
    def markdown2html(self, context, source):
        path = context.get("resources", {}).get("metadata", {}).get("path", "")
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = Renderer(escape=False, attachments=attachments, embed_images=True, path=path, anchor_link_text="#")
        return MarkdownWithMath(renderer=renderer).render(source)


def is_solution(cell):
    return "solution" in cell.metadata.get("tags", [])


def pictures(notebook):
    """The first picture of each output: a figure's own, or else an image."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            found = re.search(r'<img[^>]* alt="([^"]*)"[^>]* src="(data:image/[^"]*)"', data.get("text/html", ""))
            about = {"alt": unescape(found[1]) if found else "", "cover": "cover" in cell.metadata.get("tags", [])}
            if "image/png" in data:
                size = output.get("metadata", {}).get("image/png", {})
                yield {**about, "src": f"data:image/png;base64,{data['image/png']}", "width": size.get("width")}
            elif found:
                yield {**about, "src": unescape(found[2])}


def export(file, images, student):
    notebook = nbformat.read(file, as_version=4)
    if student:
        notebook.cells = [cell for cell in notebook.cells if not is_solution(cell)]
    # Inside template "lab" but without its head: its colours and its MathJax come from elsewhere.
    exporter = Exporter(template_name="lab", template_file="base.html.j2")
    exporter.register_preprocessor("nbconvert.preprocessors.CoalesceStreamsPreprocessor", enabled=True)
    body, _ = exporter.from_notebook_node(notebook, {"metadata": {"path": str(images)}})
    text = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    rest = text[heading.end() :] if heading else text
    opening = next((part for part in re.split(r"\n\s*\n", rest) if part.strip()), "")
    return {
        "name": file.stem,
        "title": heading[1].strip() if heading else file.stem,
        "opening": " ".join(opening.split()),
        "body": body,
        "run": notebook.metadata.get("convlens", {}),
        "errors": [output.get("evalue", "") for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"],
        "pictures": list(pictures(notebook)),
    }


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    folder, images, *rest = sys.argv[1:]
    for name in (word for word in rest if word != "--student"):
        print(json.dumps(export(pathlib.Path(folder) / f"{name}.ipynb", images, "--student" in rest)), flush=True)
