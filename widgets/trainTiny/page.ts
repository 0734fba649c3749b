import { percent, readable } from '../../src/figure/numbers';
import { live } from '../page/live';
import type { Point } from '../page/pointing';
import { metricsOf } from '../trainingView/curves';
import { momentOf } from '../trainingView/draw';
import type { TinyData } from './data';
import { drawTinyTraining, start, type TinyState } from './draw';

export const wake = live<TinyData, TinyState>({
  start,
  draw: drawTinyTraining,
  controls(ui, { snapshots, logs }) {
    if (snapshots.length > 1) ui.player('at', { label: 'epoch', count: snapshots.length, text: (at) => `${snapshots[at].epoch} of ${logs.length}` });
  },
  point: (at, _state, data) => (at.pressed ? { at: nearest(at, data) } : undefined),
  press: (at, _state, data) => ({ at: nearest(at, data) }),
  key(key, { at }, { snapshots }) {
    const last = snapshots.length - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[key];
    return to === undefined ? undefined : { at: Math.max(0, Math.min(last, to)) };
  },
  status({ at }, data) {
    const moment = data.snapshots[at];
    if (!moment) return '';
    const values = moment.epoch ? metricsOf(data.logs).map(({ name, training, validation }) => `${name} ${readable(training[moment.epoch - 1])}${validation ? ` (validation ${readable(validation[moment.epoch - 1])})` : ''}`) : [];
    const scenes = moment.scenes.map(({ top, inside }, each) => `${data.watched[each].label}: ${top.label} ${percent(top.score)}${inside === null ? '' : `, ${percent(inside)} of the map on it`}`);
    return [momentOf(moment, data), ...values, ...scenes].join(' · ');
  },
  help: 'a click on a curve goes to that epoch; left and right move by one, Home and End to the first and last',
});

/** The moment whose epoch lies nearest to a place on a curve. */
function nearest({ u }: Point, { snapshots, logs }: TinyData): number {
  const epoch = 1 + u * (logs.length - 1);
  return snapshots.reduce((best, { epoch: each }, at) => (Math.abs(each - epoch) < Math.abs(snapshots[best].epoch - epoch) ? at : best), 0);
}
