import { escapeXml } from '../../src/escapeXml';
import { readable } from '../../src/figure/numbers';
import type { ReceptiveData } from './data';
import { shownLayer, typicalSide } from './looking';
import { jumpText, offsetText, sizeText } from './words';

/** The fields of all layers. Text takes the page's colour: it must read in a dark notebook too. */
export function fieldTable(data: ReceptiveData): string {
  const cell = (tag: 'td' | 'th', text: string, align: 'left' | 'right' = 'left'): string => `<${tag} style="text-align:${align};padding:1px 10px">${escapeXml(text)}</${tag}>`;
  const head = ['layer', 'kind', 'cells', 'size', 'jump', 'offset', 'effective side'].map((text) => cell('th', text)).join('');
  const rows = data.layers.map((layer, at) => {
    const { fields } = shownLayer(data, at);
    const side = typicalSide(layer);
    const texts = [layer.name, layer.kind, `${layer.map[0]} × ${layer.map[1]}`, sizeText(fields), jumpText(fields), offsetText(fields), side === undefined ? '' : `${readable(Math.round(side))} px`];
    return `<tr>${texts.map((text) => cell('td', text)).join('')}</tr>`;
  });
  return `<details><summary>the fields of all ${data.layers.length} layers</summary><div style="max-height:340px;overflow:auto"><table style="font-size:12px;border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div></details>`;
}
