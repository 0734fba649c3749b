// npm run gallery: out/gallery/index.html with every widget on the default model and a real photograph, and each as a page and a picture of its own.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { widgets } from './gallery/widgets.mjs';
import { packageRoot } from './setup/places.mjs';
import { setupOrExit } from './setup.mjs';

const usage = `npm run gallery [-- NAME ...]
  Writes out/gallery/index.html with every widget (or those named) on the default model.
  widgets: ${widgets.map(({ name }) => name).join(', ')}`;
async function gallery(shown) {
  const folder = path.join(packageRoot, 'out', 'gallery');
  const load = createRequire(import.meta.url);
  const cl = load(packageRoot);
  const scope = { cl, tf: load('@tensorflow/tfjs'), model: await cl.loadModel(), photo: await cl.loadImage('cat') };
  const sections = [];
  for (const widget of shown) {
    const start = performance.now();
    const figure = (await run(widget.code, scope)).toFigure();
    const seconds = (performance.now() - start) / 1000;
    await Promise.all(['html', 'png', 'svg'].map((ending) => figure.save(path.join(folder, `${widget.name}.${ending}`))));
    const fragment = figure.fragment();
    const script = path.join(packageRoot, 'dist', 'widgets', `${widget.name}.js`);
    console.log(`${widget.name.padEnd(20)} ${seconds.toFixed(1).padStart(5)} s   output ${kilo(fragment.length)}   script ${kilo(gzipSync(fs.readFileSync(script), { level: 9 }).length)} gzipped`);
    sections.push(section(widget, fragment));
  }
  const file = path.join(folder, 'index.html');
  fs.writeFileSync(file, page(sections));
  console.log(pathToFileURL(file).href);
}

/** The value of the last line, as a cell shows it. */
function run(code, scope) {
  const at = lastStatement(code);
  const AsyncFunction = (async () => {}).constructor;
  return new AsyncFunction(...Object.keys(scope), `${code.slice(0, at)} return ${code.slice(at).trimStart()}`)(...Object.values(scope));
}

/** Where the last statement begins: after the last semicolon that ends a line. */
const lastStatement = (code) => code.lastIndexOf(';\n') + 1;

const kilo = (bytes) => `${Math.round(bytes / 1000)} kB`.padStart(8);

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

const section = ({ name, title, text, code }, fragment) => `<section id="${name}">
<h2>${escaped(title)}</h2>
<p>${escaped(text)} <a href="${name}.html">alone</a> · <a href="${name}.png">as a picture</a></p>
<pre tabindex="0"><code>${escaped(code)}</code></pre>
${fragment}
</section>`;

const page = (sections) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>convlens: gallery</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; padding: 1.5rem; max-width: 1100px; background: #fff; color: #1f2328; }
section { border-top: 1px solid #d1d9e0; margin-top: 2.5rem; }
pre { background: #f6f8fa; padding: .6rem .9rem; border-radius: 6px; overflow: auto; font-size: 13px; }
a { color: #0969da; }
@media (prefers-color-scheme: dark) { body { background: #14181d; color: #e6edf3; } section { border-color: #444c56; } pre { background: #22272e; } a { color: #79b8ff; } }
</style>
</head>
<body>
<main>
<h1>convlens: gallery</h1>
<p>Every widget on EfficientNet-Lite0 and the photograph of a cat. Nothing here asks a server or a kernel: the data are in the page.</p>
${sections.join('\n')}
</main>
</body>
</html>
`;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !widgets.some((widget) => widget.name === name));
if (wanted.some((word) => word === '-h' || word === '--help')) console.log(usage);
else if (unknown.length) {
  console.error(`no widget ${unknown.map((name) => JSON.stringify(name)).join(', ')}; there are: ${widgets.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
} else {
  await setupOrExit();
  await gallery(widgets.filter(({ name }) => !wanted.length || wanted.includes(name)));
}
