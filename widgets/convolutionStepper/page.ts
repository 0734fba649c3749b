import { cellOver } from '../../src/features/arithmetic/window';
import { readable } from '../../src/figure/numbers';
import { live } from '../page/live';
import { cellAt } from '../shared/cells';
import type { StepperData } from './data';
import { draw, start, type StepperState } from './draw';
import { received, type SentData } from './sent';
import { countOf, gridOf, placeName, steppedBy } from './steps';
import { workingOf } from './working';

/** The output cell that belongs to a place of an input map. */
function cellUnder({ layer: { arithmetic: work } }: StepperData, u: number, v: number): number | undefined {
  if (work.kind === 'convolution' || work.kind === 'pool') return cellOver(work, cellAt({ u, v }, work.input));
  return work.kind === 'elementwise' || work.kind === 'merge' ? cellAt({ u, v }, work.grid) : undefined;
}

export const wake = live<SentData, StepperState>({
  start,
  draw,
  controls(ui, sent) {
    const data = received(sent);
    const count = countOf(data.layer.arithmetic);
    const grid = gridOf(data.layer.arithmetic);
    if (count > 1) ui.player('at', { label: grid ? 'cell' : 'unit', count, speeds: [1, 4, 16], text: (at) => (grid ? placeName(data, at).replace('cell ', '') : `${at + 1} of ${count}`) });
    if (!grid && count > 1) ui.select('at', { label: 'shown', options: Array.from({ length: count }, (_, value) => ({ value, text: placeName(data, value) })) });
  },
  point({ spot, u, v, pressed }, _state, sent) {
    if (!pressed) return undefined;
    const data = received(sent);
    const grid = gridOf(data.layer.arithmetic);
    const at = spot.name === 'output' && grid ? cellAt({ u, v }, grid) : spot.name.startsWith('input') ? cellUnder(data, u, v) : undefined;
    return at === undefined ? undefined : { at };
  },
  press({ spot }) {
    const [what, at] = spot.name.split(' ');
    return what === 'unit' ? { at: Number(at) } : undefined;
  },
  key(key, { at }, sent) {
    if (key === 'Home') return { at: sent.first };
    const next = steppedBy(key, received(sent).layer.arithmetic, at);
    return next === undefined ? undefined : { at: next };
  },
  status(state, sent) {
    const data = received(sent);
    const { lines, output } = workingOf(data, state.at);
    const told = lines.map(({ label, value }) => `${label} ${readable(value)}`).join(', ');
    return `${placeName(data, state.at)}: ${told}; output ${readable(output)}`;
  },
  help: 'arrow keys step (Shift: eight at once), Home goes back to the first cell shown; press or drag on a map to go there',
});
