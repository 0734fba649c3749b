import { live } from '../page/live';
import type { Point } from '../page/pointing';
import type { FaithfulnessData } from './data';
import { drawFaithfulness, type FaithfulnessState, start } from './draw';
import { nearestPoint } from './moments';
import { pointText, shareText } from './words';

/** The number at the end of a spot's name. */
const numberIn = ({ spot }: Point, kind: string): number | undefined => (spot.name.startsWith(`${kind} `) ? Number(spot.name.slice(kind.length + 1)) : undefined);

/** A place along the curves of a measure. */
function along(at: Point, { shares }: FaithfulnessData): Partial<FaithfulnessState> | undefined {
  const test = numberIn(at, 'chart');
  return test === undefined ? undefined : { test, at: nearestPoint(shares, shares, at.u) };
}

export const wake = live<FaithfulnessData, FaithfulnessState>({
  start,
  draw: drawFaithfulness,
  controls(ui, { tests, shares }) {
    const [{ curves }] = tests;
    if (tests.length > 1) ui.choice('test', { label: 'measure', options: tests.map(({ measure }, value) => ({ value, text: measure })) });
    if (curves.length > 1) ui.select('curve', { label: 'map', options: curves.map(({ name }, value) => ({ value, text: name })) });
    ui.player('at', { label: 'changed', count: shares.length, speeds: [2, 5, 12], text: (at, { test }) => shareText(shares[at], tests[test]) });
    ui.choice('weakest', { label: 'order', options: [{ value: false, text: 'strongest first' }, { value: true, text: 'weakest first' }], shown: ({ test }) => tests[test].measure === 'ROAD' });
  },
  point: (at, _state, data) => (at.pressed ? along(at, data) : undefined),
  press(at, _state, data) {
    const curve = numberIn(at, 'map');
    return curve === undefined ? along(at, data) : { curve };
  },
  key(key, { at, curve }, { shares, tests }) {
    const moves: Record<string, number | undefined> = { ArrowLeft: at - 1, ArrowRight: at + 1, 'Shift+ArrowLeft': at - 5, 'Shift+ArrowRight': at + 5, Home: 0, End: shares.length - 1 };
    const to = moves[key];
    if (to !== undefined) return { at: Math.min(shares.length - 1, Math.max(0, to)) };
    const maps = tests[0].curves.length;
    return key === 'ArrowUp' || key === 'ArrowDown' ? { curve: (curve + (key === 'ArrowUp' ? maps - 1 : 1)) % maps } : undefined;
  },
  status: (state, data) => pointText(data, state),
  help: 'left and right arrow keys change how much is gone (Shift: five points), up and down pick the map, Home and End go to the ends; drag along a curve',
});
