import { live } from '../page/live';
import type { StatisticsData } from './data';
import { drawStatistics } from './draw';
import { listed, moved, start, type StatisticsState } from './state';
import { rowText } from './words';

export const wake = live<StatisticsData, StatisticsState>({
  start,
  draw: drawStatistics,
  tallest: 760,
  controls(ui, data) {
    if (data.rows.some(({ key }) => !key)) ui.toggle('all', { label: `all ${data.rows.length} layers` });
    if (data.rows.length > 1) {
      const orders = { network: 'as they run', dead: 'most dead', zeros: 'most zeros', lifetime: 'lifetime sparseness', population: 'population sparseness' } as const;
      ui.select('order', { label: 'order', options: (Object.keys(orders) as (keyof typeof orders)[]).map((value) => ({ value, text: orders[value] })) });
    }
  },
  point: ({ spot }) => ({ over: Number(spot.name) }),
  leave: () => ({ over: undefined }),
  press: ({ spot }) => ({ picked: Number(spot.name) }),
  key(key, state, data) {
    const picked = moved(key, data, state);
    return picked === undefined ? undefined : { picked, over: undefined };
  },
  status: (state, data) => rowText(data.rows[state.over ?? (listed(data, state).includes(state.picked) ? state.picked : listed(data, state)[0])]),
  help: 'up and down arrow keys go from layer to layer, Home and End to the first and the last',
});
