import { quantity } from '../../src/figure/numbers';
import { live } from '../page/live';
import { kindsIn } from '../layerKinds';
import type { ModelViewData } from './data';
import { drawDetail } from './detail';
import { drawModelView, found, type ModelViewState, seen, start } from './draw';
import { labelLines, layersIn, nameOf, sum } from './facts';
import type { Visible } from './visible';

type Patch = Partial<ModelViewState> | undefined;

export const wake = live<ModelViewData, ModelViewState>({
  start,
  draw: drawModelView,
  tallest: 640,
  aside: drawDetail,
  controls(ui, data) {
    const { outputs, folds, layers } = data;
    if (outputs) ui.choice('show', { label: 'blocks as', options: [{ value: 'maps', text: 'maps' }, { value: 'shapes', text: 'shapes' }] });
    if (folds.length) {
      ui.button({ label: 'open all', press: () => ({ open: [...folds.keys()] }), enabled: ({ open }) => open.length < folds.length });
      ui.button({ label: 'fold all', press: () => ({ open: [] }), enabled: ({ open }) => open.length > 0 });
    }
    ui.select('measure', { label: 'numbers', options: [{ value: 'both', text: 'parameters and multiply-adds' }, { value: 'params', text: 'parameters, with bars' }, { value: 'work', text: 'multiply-adds, with bars' }] });
    ui.select('kind', { label: 'kind', options: [{ value: '', text: 'all' }, ...kindsIn(layers).map(({ name }) => ({ value: name, text: name }))] });
    ui.search('search', { label: 'find', choices: [...folds, ...layers].map(({ name }) => name) });
    ui.button({ label: 'next match', text: 'next', press: (state) => nextMatch(state, data), shown: ({ search }) => search.trim() !== '' });
    ui.toggle('ancestors', { label: 'all that it depends on' });
  },
  point: ({ spot }) => (spot.name.startsWith('frame') ? { pointed: undefined } : { pointed: spot.name }),
  leave: () => ({ pointed: undefined }),
  press({ spot }, state, data) {
    const [what, number] = spot.name.split(' ');
    if (what === 'frame') return folded(state, data, Number(number));
    if (what === 'fold') return { open: [...state.open, Number(number)], held: undefined, pointed: undefined };
    return { held: state.held === spot.name ? undefined : spot.name };
  },
  key(key, state, data) {
    const { visible, at } = seen(data, { ...state, pointed: undefined });
    const go = (to: number | undefined): Patch => (to === undefined ? {} : { held: visible.blocks[Math.max(0, Math.min(visible.blocks.length - 1, to))].id, pointed: undefined });
    return keys[key]?.(visible, at, go, state, data);
  },
  status(state, data) {
    const { visible, at } = seen(data, state);
    const hits = state.search.trim() ? `${found(data, state.search).length} layers match · ` : '';
    if (at < 0) return `${hits}point at a block, or move along with the arrow keys, to see what it does${data.folds.length ? '; click a folded group (▸) to open it, its name (▾) to fold it' : ''}`;
    const own = layersIn(data, visible.blocks[at]);
    return `${hits}${[nameOf(data, visible.blocks[at]), ...labelLines(data, visible.blocks[at], undefined).slice(1), `${quantity(sum(own, 'params'))} parameters`, `${quantity(sum(own, 'work'))} multiply-adds`].join(', ')}`;
  },
  help: 'left and right go along the network, with Shift along the arrows (to what a block reads, to what reads it); down or Enter opens a folded group, up folds the group around; Home, End; Escape lets go',
});

/** The next layer that the search finds, after the one that is looked at, with the groups around it open. */
function nextMatch(state: ModelViewState, data: ModelViewData): Patch {
  const hits = found(data, state.search);
  if (!hits.length) return undefined;
  const { visible, at } = seen(data, { ...state, pointed: undefined });
  const next = hits.find((layer) => layer > (visible.blocks[at]?.last ?? -1)) ?? hits[0];
  return { open: opened(data, state.open, next), held: `layer ${next}`, pointed: undefined };
}

type Key = (visible: Visible, at: number, go: (to: number | undefined) => Patch, state: ModelViewState, data: ModelViewData) => Patch;

const open: Key = ({ blocks }, at, _go, state) => {
  const { fold, first } = blocks[at] ?? {};
  return fold === undefined ? {} : { open: [...state.open, fold], held: `layer ${first}`, pointed: undefined };
};

const keys: Record<string, Key | undefined> = {
  ArrowRight: (_visible, at, go) => go(at + 1),
  ArrowLeft: (_visible, at, go) => go(at - 1),
  'Shift+ArrowRight': ({ edges }, at, go) => go(edges.find(([from]) => from === at)?.[1]),
  'Shift+ArrowLeft': ({ edges }, at, go) => go(edges.find(([, to]) => to === at)?.[0]),
  Home: (_visible, _at, go) => go(0),
  End: ({ blocks }, _at, go) => go(blocks.length - 1),
  ArrowDown: open,
  Enter: open,
  ArrowUp: ({ frames }, at, _go, state, data) => {
    const around = frames.findLast(({ first, last }) => first <= at && at <= last);
    return around ? folded(state, data, around.fold) : {};
  },
  Escape: () => ({ held: undefined, pointed: undefined }),
};

/** The group closed, and what was open in it with it; it is what is looked at. */
const folded = (state: ModelViewState, { folds }: ModelViewData, fold: number): Patch => ({
  open: state.open.filter((each) => folds[each].first < folds[fold].first || folds[each].last > folds[fold].last || each < fold),
  held: `fold ${fold}`,
  pointed: undefined,
});

/** With all groups open that hold a layer. */
const opened = ({ folds }: ModelViewData, open: readonly number[], layer: number): number[] => [...new Set([...open, ...folds.flatMap(({ first, last }, fold) => (first <= layer && layer <= last ? [fold] : []))])];
