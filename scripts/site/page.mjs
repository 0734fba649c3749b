import fs from 'node:fs';
import path from 'node:path';
import { relinked } from './links.mjs';
import { typeset } from './math.mjs';
import { escaped, openingOf, plain } from './text.mjs';

const style = fs.readFileSync(path.join(import.meta.dirname, 'style.css'), 'utf8');
/** With this a page cannot ask anybody for anything, whatever a script in it tries. */
const policy = "default-src 'none'; img-src data: blob:; media-src data: blob:; font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline' blob:; worker-src blob:";

const document = ({ title, description, body }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<meta name="description" content="${escaped(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<style>
${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** `07` of `07-grad-cam`; empty where a name has no number. */
const numberOf = (name) => /^\d+/.exec(name)?.[0] ?? '';

/** The title as HTML: its code and its emphasis kept. */
const titleHtml = (title) => escaped(title).replace(/`([^`]+)`/g, '<code>$1</code>').replace(/\*\*?([^*]+)\*\*?/g, '<em>$1</em>');

/** One notebook as a page. `pages`: all of the site, in order; `files`: the address that links to files of the repository lead to. */
export function notebookPage(one, { pages, site, files }) {
  const names = pages.map(({ name }) => name);
  const at = names.indexOf(one.name);
  const cells = relinked(typeset(trimmed(one.body)), { pages: names, files });
  const body = `<a class="skip" href="#text">Skip to the text</a>
<div class="page">
<nav class="contents" aria-label="Contents">
${contents(pages, one, sectionsOf(cells))}
</nav>
<main id="text">
${cells}
${pager(pages[at - 1], pages[at + 1])}
<footer>${footer(one)}</footer>
</main>
</div>
<script>
(() => {
  const fold = document.querySelector('.fold');
  const wide = matchMedia('(min-width: 68rem)');
  const follow = () => (fold.open = wide.matches);
  wide.addEventListener('change', follow);
  follow();
})();
</script>`;
  return document({ title: `${plain(one.title)} · ${site}`, description: openingOf(one.opening) || plain(one.title), body });
}

/** nbconvert's cells without what only its own style sheet and scripts use. */
const trimmed = (body) => {
  const scripts = [];
  // Scripts and what they hold are no markup: they are put aside as they are.
  const kept = body.replace(/<script\b[\s\S]*?<\/script>/g, (script) => `\0${scripts.push(script) - 1}\0`);
  return kept
    .replace(/<div class="jp-Collapser[^"]*">\s*<\/div>/g, '')
    .replace(/<div class="jp-(?:In|Out)putPrompt[^"]*">[\s\S]*?<\/div>/g, '')
    .replace(/class="jp-Cell jp-MarkdownCell[^"]*"/g, 'class="prose"')
    .replace(/class="jp-Cell jp-CodeCell([^"]*)"/g, (_, more) => `class="code${/celltag_exercise/.test(more) ? ' exercise' : ''}"`)
    .replace(/class="jp-RenderedHTMLCommon jp-RenderedMarkdown[^"]*"/g, 'class="text"')
    .replace(/class="jp-OutputArea jp-Cell-outputArea"/g, 'class="outputs"')
    .replace(/class="jp-RenderedHTMLCommon jp-RenderedHTML[^"]*"/g, 'class="html"')
    .replace(/class="jp-RenderedText[^"]*"( data-mime-type="application\/vnd\.jupyter\.stderr")?/g, (_, stderr) => `class="stream${stderr ? ' stderr' : ''}"`)
    // Lines are broken where they end the page, but not those of a table.
    .replace(/<div class="stream([^"]*)"([^>]*>\s*<pre>)((?:(?!<\/pre>)[^])*)/g, (_, kind, head, text) => `<div class="stream${kind}${/\S {2,}\S/.test(text) ? ' aligned' : ''}"${head}${text}`)
    .replace(/ (?:class="(?:jp|cm)-[^"]*"|data-mime-type="[^"]*"|data-type="inline")/g, '')
    .replace(/ id="cell-id=/g, ' id="')
    .replace(/<a class="anchor-link"/g, '<a class="anchor-link" aria-label="Link to this section"')
    .replace(/<table\b[\s\S]*?<\/table>/g, (table) => `<div class="tablebox">${table}</div>`)
    .replace(/<pre>/g, '<pre tabindex="0">')
    .replace(/<span class="w"> <\/span>/g, ' ')
    .replace(/\0(\d+)\0/g, (_, number) => scripts[number]);
};

/** The sections of a page, from its second-level headings. */
const sectionsOf = (html) =>
  [...html.matchAll(/<h2\b[^>]* id="([^"]*)"[^>]*>([\s\S]*?)<\/h2>/g)].map(([, id, text]) => ({ id, text: text.replace(/<a class="anchor-link"[\s\S]*?<\/a>/, '') }));

const contents = (pages, current, sections) => `<details class="fold">
<summary>Contents</summary>
<ol>
<li><a href="index.html">All notebooks</a></li>
${pages
  .map(({ name, title }) => {
    const here = name === current.name;
    const inside = here && sections.length ? `\n<ol>${sections.map(({ id, text }) => `<li><a href="#${id}"><span>${text}</span></a></li>`).join('')}</ol>` : '';
    return `<li><a href="${name}.html"${here ? ' aria-current="page"' : ''}><span class="number">${numberOf(name)}</span><span>${titleHtml(title)}</span></a>${inside}</li>`;
  })
  .join('\n')}
</ol>
</details>`;

const pager = (before, after) =>
  before || after
    ? `<nav class="pager" aria-label="Previous and next">${before ? `<a rel="prev" href="${before.name}.html"><small>Previous</small>${titleHtml(before.title)}</a>` : ''}${after ? `<a rel="next" href="${after.name}.html"><small>Next</small>${titleHtml(after.title)}</a>` : ''}</nav>`
    : '';

const footer = ({ name, run }) =>
  `${name}.ipynb${run.seconds ? `, run with ${escaped(run.model)} in ${run.seconds} s` : ''}. The figures work without a server and without a network: what they show was computed when the notebook was run.`;

/** The page with a card for each notebook. */
export function indexPage(pages, { site, subtitle }) {
  const body = `<div class="front">
<header>
<p class="kicker">convlens</p>
<h1>${escaped(site)}</h1>
<p>${escaped(subtitle)}</p>
</header>
<main>
<ol class="cards">
${pages.map(card).join('\n')}
</ol>
</main>
<footer>${pages.length} ${pages.length === 1 ? 'page' : 'pages'}, each a file that stands alone: it can be kept, sent, or put on a course page.</footer>
</div>`;
  return document({ title: site, description: subtitle, body });
}

function card({ name, title, opening, run, picture }) {
  const number = numberOf(name);
  const image = picture ? `<img src="${picture.src}" width="${picture.width}" height="${picture.height}" alt="${escaped(picture.alt)}">` : '<div class="blank"></div>';
  return `<li class="card">
${image}
<div class="words">
${number ? `<p class="number">${number}</p>` : ''}
<h2><a href="${name}.html">${titleHtml(title)}</a></h2>
<p>${escaped(openingOf(opening))}</p>
${run.seconds ? `<p class="facts">runs in ${run.seconds} s on ${escaped(run.model)}</p>` : ''}
</div>
</li>`;
}
