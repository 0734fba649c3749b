import { live } from '../page/live';
import type { AtlasData } from './data';
import { draw } from './draw';
import { type AtlasState, cellAt, choose, chosen, nearest, start, toward, viewed, zoomed } from './looking';
import { placed } from './placing';
import { cellText } from './words';

/** As many classes as a list can hold and still be read; of more, one types the name. */
const mostListed = 40;

export const wake = live<AtlasData, AtlasState>({
  start,
  draw,
  controls(ui, data) {
    const classes = data.classes.map(({ label }, value) => ({ value, text: label }));
    const onMap = ({ view }: AtlasState): boolean => view === 'map';
    if (classes.length > 1) ui.choice('view', { label: 'view', options: [{ value: 'map', text: 'map' }, { value: 'pair', text: 'between two classes' }] });
    if (data.levels.length > 1) {
      ui.button({
        label: 'cells',
        text: ({ level }) => `${data.levels[1 - level].grid} × ${data.levels[1 - level].grid} cells`,
        press: ({ level }) => ({ level: 1 - level, over: undefined }),
        shown: onMap,
      });
    }
    if (classes.length > mostListed) ui.search('find', { label: `class (of ${classes.length})`, choices: data.classes.map(({ label }) => label), shown: onMap });
    else if (classes.length) ui.select('target', { label: 'class', options: [{ value: -1, text: 'all, no filter' }, ...classes], shown: onMap });
    ui.select('a', { label: 'right', options: classes, shown: ({ view }) => view === 'pair' });
    ui.select('b', { label: 'left', options: classes, shown: ({ view }) => view === 'pair' });
    ui.button({ label: 'zoom out', text: '−', press: (state) => zoomed(data, state, 1 / 1.5), enabled: ({ zoom }) => zoom > 1, shown: onMap });
    ui.button({ label: 'zoom in', text: '+', press: (state) => zoomed(data, state, 1.5), shown: onMap });
    ui.button({ label: 'whole map', press: (state) => viewed(data, state, 0.5, 0.5, 1), enabled: ({ zoom }) => zoom > 1, shown: onMap });
  },
  point({ u, v, pressed, began }, state, data) {
    const { x, y, zoom, grab, view } = state;
    if (pressed && view === 'map') {
      if (began) return { grab: { u, v, x, y } };
      if (!grab) return undefined;
      return { ...viewed(data, state, grab.x - (u - grab.u) / zoom, grab.y - (v - grab.v) / zoom, zoom), over: undefined };
    }
    return { over: under(data, state, u, v), grab: undefined };
  },
  leave: () => ({ over: undefined, grab: undefined }),
  press({ u, v }, state, data) {
    const cell = under(data, state, u, v);
    return cell === undefined ? undefined : choose(data, state, cell);
  },
  zoom({ u, v }, { factor, du, dv }, state, data) {
    if (state.view !== 'map') return undefined;
    const next = zoomed(data, state, factor, u, v);
    const view = viewed(data, next, next.x - du / next.zoom, next.y - dv / next.zoom, next.zoom);
    return { ...view, grab: undefined, over: under(data, { ...state, ...view }, u, v) };
  },
  key(key, state, data) {
    const { x, y, zoom, over, level, view } = state;
    const direction = directions[key.replace('Shift+', '')];
    if (direction && !key.startsWith('Shift+')) return neighbour(data, state, direction);
    if (key === 'Enter') return over === undefined ? undefined : choose(data, state, cellAt(data, state));
    if (key === 'Escape') return { over: undefined };
    if (view !== 'map') return undefined;
    if (direction) return viewed(data, state, x + direction[0] / zoom / 4, y + direction[1] / zoom / 4, zoom);
    if (key === '+' || key === '=') return zoomed(data, state, 1.5, ...middleOf(data, state));
    if (key === '-') return zoomed(data, state, 1 / 1.5, ...middleOf(data, state));
    if (key === 'Home' || key === '0') return viewed(data, state, 0.5, 0.5, 1);
    if (key === 'PageUp' || key === 'PageDown') return { level: Math.max(0, Math.min(data.levels.length - 1, level + (key === 'PageDown' ? 1 : -1))), over: undefined };
    return undefined;
  },
  status: (state, data) => cellText(data, state),
  help: 'drag moves the map; Ctrl (or command) with the wheel, two fingers, + and − zoom; arrow keys go from cell to cell (Shift: move the map), Page down and Page up change the raster, Home shows the whole; a click or Enter keeps a cell',
  links: {
    target: {
      tell: (state, data) => data.classes[state.target]?.index ?? -1,
      hear(index, _state, { classes }) {
        const target = classes.findIndex((each) => each.index === index);
        return target < 0 ? undefined : { target, find: '' };
      },
    },
  },
});

const directions: Record<string, readonly [number, number] | undefined> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The cell at a place of the picture. */
const under = (data: AtlasData, state: AtlasState, u: number, v: number): number | undefined => placed(data, state).find(({ x, y, reach }) => Math.abs(u - x) <= reach && Math.abs(v - y) <= reach)?.at;

/** The nearest cell in a direction: one that lies rather that way than to the side. */
function neighbour(data: AtlasData, state: AtlasState, [across, down]: readonly [number, number]): Partial<AtlasState> | undefined {
  const whole = placed(data, { ...state, x: 0.5, y: 0.5, zoom: 1 });
  const now = chosen(data, state);
  const here = whole.find(({ at }) => at === now) ?? whole[0];
  if (!here) return undefined;
  const far = whole.map(({ x, y }) => {
    const [ahead, aside] = [(x - here.x) * across + (y - here.y) * down, Math.abs((x - here.x) * down) + Math.abs((y - here.y) * across)];
    return ahead > 1e-9 && aside <= ahead * 1.5 ? ahead + 2.5 * aside : Infinity;
  });
  const next = nearest(far);
  if (far[next] === Infinity) return { over: undefined };
  const { at, cell } = whole[next];
  return { ...choose(data, state, at), ...(state.view === 'map' && toward(data, state, cell)) };
}

/** Where the chosen cell is in the picture, to zoom about it; the middle where it is out of view. */
function middleOf(data: AtlasData, state: AtlasState): [u: number, v: number] {
  const now = chosen(data, state);
  const icon = placed(data, state).find(({ at }) => at === now);
  return icon && icon.x > 0 && icon.x < 1 && icon.y > 0 && icon.y < 1 ? [icon.x, icon.y] : [0.5, 0.5];
}
