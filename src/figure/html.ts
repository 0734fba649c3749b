import { escapeXml } from '../escapeXml';
import type { FigureParts } from './figure';

/** Inline styles and an `<img>` only: this much survives JupyterLab's, GitHub's and nbviewer's cleaning. */
export function figureHtml({ svg, width, height, alt, htmlAfter = '' }: FigureParts): string {
  return `<figure style="margin:0;max-width:${width}px"><img width="${width}" height="${height}" style="max-width:100%;height:auto" alt="${escapeXml(alt)}" src="${dataUri(svg)}">${htmlAfter}</figure>`;
}

/** Percent-encoded and not base64: the photographs inside are base64 already, and would grow by another third. */
const dataUri = (svg: string): string => `data:image/svg+xml,${Buffer.from(svg).toString().replace(/[^\w+/=;:,.()-]+/gu, encodeURIComponent)}`;

/** A page of its own around the same piece. */
export function figurePage(parts: FigureParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(parts.caption)}</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 2rem; background: #f6f8fa; }
@media (prefers-color-scheme: dark) { body { background: #14181d; } }
</style>
</head>
<body>
${figureHtml(parts)}
</body>
</html>
`;
}
