import { escapeXml } from '../escapeXml';
import type { FigureParts } from './figure';
import { LiveScript } from './live/script';

/** A live view has controls, which want at least this much room. */
const liveWidth = 560;
/** In a row it gives way to its neighbours down to this. */
const shareWidth = 400;

/** Inline styles and an `<img>` survive JupyterLab's, GitHub's and nbviewer's cleaning; the script that replaces the picture by its live view runs where it may. */
export function figureHtml(parts: FigureParts, live = true): string {
  const script = new LiveScript();
  const html = piece(parts, live ? script : undefined);
  return html + script.html(html.length);
}

function piece(parts: FigureParts, script: LiveScript | undefined, inRow = false): string {
  const { svg, width, height, alt, htmlAfter = '', live, pieces } = parts;
  if (script && pieces && isLive(parts)) {
    const each = pieces.map((one) => piece(one.parts, script, true));
    return `<div style="display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start">${each.join('')}</div>`;
  }
  const picture = `<img width="${width}" height="${height}" style="max-width:100%;height:auto" alt="${escapeXml(alt)}" src="${dataUri(svg)}">`;
  const woken = script && live ? `<div id="${script.add(live)}" data-width="${width}">${picture}</div>` : picture;
  const room = woken === picture ? `max-width:${width}px` : `${inRow ? `flex:1 1 ${Math.min(width, shareWidth)}px` : 'width:100%'};max-width:${Math.max(width, liveWidth)}px`;
  return `<figure style="margin:0;${room}">${woken}${htmlAfter && `<div style="font:13px/1.5 system-ui,sans-serif">${htmlAfter}</div>`}</figure>`;
}

export const isLive = ({ live, pieces = [] }: FigureParts): boolean => Boolean(live) || pieces.some(({ parts }) => isLive(parts));

/** Percent-encoded and not base64: the photographs inside are base64 already, and would grow by another third. */
const dataUri = (svg: string): string => `data:image/svg+xml,${Buffer.from(svg).toString().replace(/[^\w+/=;:,.()-]+/gu, encodeURIComponent)}`;

/** A page of its own around the same piece. */
export function figurePage(parts: FigureParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(parts.caption.split('\n')[0])}</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 2rem; background: #f6f8fa; color: #1f2328; }
@media (max-width: 600px) { body { margin: 1rem; } }
@media (prefers-color-scheme: dark) { body { background: #14181d; color: #e6edf3; } }
</style>
</head>
<body>
<main>
${figureHtml(parts)}
</main>
</body>
</html>
`;
}
