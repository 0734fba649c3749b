import { live } from '../page/live';
import { kindsIn } from '../layerKinds';
import type { ModelViewData } from './data';
import { drawDetail } from './detail';
import { drawModelView, found, type ModelViewState, start } from './draw';
import { blockWords } from './facts';
import { keyed, keysHelp, openedTo, pointedAt, pressed, seen } from './moves';
import { networkControls } from '../page/networkControls';

export const wake = live<ModelViewData, ModelViewState>({
  start,
  draw: drawModelView,
  tallest: 640,
  aside: drawDetail,
  controls(ui, data) {
    const { folds, layers } = data;
    networkControls(ui, data, data.outputs !== undefined);
    ui.select('measure', { label: 'numbers', options: [{ value: 'both', text: 'parameters and multiply-adds' }, { value: 'params', text: 'parameters, with bars' }, { value: 'work', text: 'multiply-adds, with bars' }] });
    ui.select('kind', { label: 'kind', options: [{ value: '', text: 'all' }, ...kindsIn(layers).map(({ name }) => ({ value: name, text: name }))] });
    ui.search('search', { label: 'find', choices: [...folds, ...layers].map(({ name }) => name) });
    ui.button({ label: 'next match', text: 'next', press: (state) => nextMatch(state, data), shown: ({ search }) => search.trim() !== '' });
    ui.toggle('ancestors', { label: 'all that it depends on' });
  },
  point: ({ spot }) => pointedAt(spot),
  leave: () => ({ pointed: undefined }),
  press: ({ spot }, state, data) => pressed(spot, state, data),
  key: keyed,
  status(state, data) {
    const { visible, at } = seen(data, state);
    const hits = state.search.trim() ? `${found(data, state.search).length} layers match · ` : '';
    if (at < 0) return `${hits}point at a block, or move along with the arrow keys, to see what it does${data.folds.length ? '; click a folded group (▸) to open it, its name (▾) to fold it' : ''}`;
    return hits + blockWords(data, visible.blocks[at]);
  },
  help: keysHelp,
});

/** The next layer that the search finds, after the one that is looked at, with the groups around it open. */
function nextMatch(state: ModelViewState, data: ModelViewData): Partial<ModelViewState> | undefined {
  const hits = found(data, state.search);
  if (!hits.length) return undefined;
  const { visible, at } = seen(data, { ...state, pointed: undefined });
  const next = hits.find((layer) => layer > (visible.blocks[at]?.last ?? -1)) ?? hits[0];
  return { open: openedTo(data, state.open, next), held: `layer ${next}`, pointed: undefined };
}
