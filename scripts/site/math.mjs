import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js';
import { STATE } from 'mathjax-full/js/core/MathItem.js';
import { SerializedMmlVisitor } from 'mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import { AllPackages } from 'mathjax-full/js/input/tex/AllPackages.js';
import { mathjax } from 'mathjax-full/js/mathjax.js';
import { SVG } from 'mathjax-full/js/output/svg.js';
import { unescaped } from './text.mjs';

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const packages = AllPackages.filter((name) => name !== 'bussproofs' && name !== 'noerrors' && name !== 'noundefined');
const typesetter = mathjax.document('', {
  InputJax: new TeX({
    packages,
    formatError(_, error) {
      throw error;
    },
  }),
  OutputJax: new SVG({ fontCache: 'none' }),
});
const visitor = new SerializedMmlVisitor();

/** A formula as a drawing for the eye, and as MathML for a screen reader. */
export function formula(tex, display) {
  try {
    const drawing = adaptor.innerHTML(typesetter.convert(tex, { display }));
    const spoken = visitor.visitTree(typesetter.convert(tex, { display, end: STATE.CONVERT }));
    const svg = drawing.replace('<svg ', '<svg aria-hidden="true" ');
    return `<span class="formula${display ? ' display' : ''}">${svg}<span class="spoken">${spoken.replace(/\s*\n\s*/g, '')}</span></span>`;
  } catch (error) {
    throw new Error(`formula ${JSON.stringify(tex)}: ${error.message}`);
  }
}

/** The page with every formula that export.py has marked set. */
export const typeset = (html) =>
  html.replace(/<(div|span) class="tex">([^<]*)<\/\1>/g, (_, kind, tex) => formula(unescaped(tex).trim(), kind === 'div'));
