import { type Drawing, ink, softInk } from '../../src/figure/svg';
import { roomFor, shorten } from '../../src/figure/text';
import { effectiveInk, theoreticalInk } from './growth';
import { looksAt, type ReceptiveState, seers, type Sight } from './looking';
import { boxSize, effectiveText, jumpText, offsetText, sizeText } from './words';

interface Fact {
  label: string;
  value: string;
  /** The colour that marks the same in the pictures. */
  key?: { stroke: string; dash?: string };
}

const gap = 26;
const line = 40;

function factsOf(sight: Sight, { looking }: ReceptiveState): Fact[] {
  const { layer, box, effective, pixel } = sight;
  const size: Fact = { label: 'can see (theoretical)', value: sizeText(layer.fields), key: { stroke: theoreticalInk } };
  const geometry: Fact[] = [
    { label: 'jump to the next cell', value: jumpText(layer.fields) },
    { label: 'offset of cell (0, 0)', value: offsetText(layer.fields) },
  ];
  if (looking === 'pixel') {
    const { count } = seers(layer.fields, pixel);
    const known = layer.effective ?? [];
    const looking: Fact[] = known.length ? [{ label: 'looked at by (95 % of the gradient)', value: `${known.filter((each) => looksAt(each, pixel)).length} of ${known.length} computed cells`, key: { stroke: effectiveInk, dash: '4 3' } }] : [];
    return [{ label: 'seen by (theoretical)', value: `${count} of ${layer.map[0] * layer.map[1]} cells`, key: { stroke: theoreticalInk } }, ...looking, ...geometry];
  }
  const inside: Fact[] = boxSize(box) === size.value ? [] : [{ label: 'inside the image', value: boxSize(box) }];
  const label = effective && !effective.own ? `looks at: nearest computed cell (${effective.cell.join(', ')})` : 'looks at (95 % of the gradient)';
  return [size, ...inside, { label, value: effectiveText(sight), key: effective?.box ? { stroke: effectiveInk, dash: '4 3' } : undefined }, ...geometry];
}

/** The numbers of the layer and the cell, in as many lines as it takes; gives the y below them. */
export function drawFacts(svg: Drawing, sight: Sight, state: ReceptiveState, left: number, top: number, width: number): number {
  let [x, y] = [left, top];
  for (const { label, value, key } of factsOf(sight, state)) {
    const indent = key ? 22 : 0;
    const room = Math.min(width - indent, Math.max(roomFor(label, 11), roomFor(value, 14, true)));
    if (x > left && x + indent + room > left + width) [x, y] = [left, y + line];
    if (key) svg.append('path').attr('d', `M${x},${y + 24}h15`).attr('stroke', key.stroke).attr('stroke-width', 3).attr('stroke-dasharray', key.dash ?? null);
    svg.append('text').attr('x', x + indent).attr('y', y + 11).attr('font-size', 11).attr('fill', softInk).text(shorten(label, room, 11));
    svg.append('text').attr('x', x + indent).attr('y', y + 29).attr('font-size', 14).attr('font-weight', 600).attr('fill', ink).text(shorten(value, room, 14, true));
    x += indent + room + gap;
  }
  return y + line;
}
