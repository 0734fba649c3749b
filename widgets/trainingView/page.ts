import { readable } from '../../src/figure/numbers';
import { drawDetail } from '../modelView/detail';
import { blockWords } from '../modelView/facts';
import { keyed, keysHelp, pointedAt, pressed, seen } from '../modelView/moves';
import { networkControls } from '../page/networkControls';
import { live } from '../page/live';
import type { Point } from '../page/pointing';
import { metricsOf } from './curves';
import type { TrainingData } from './data';
import { drawTrainingView, momentOf, snapshotAt, start, type TrainingState, weightsText } from './draw';

export const wake = live<TrainingData, TrainingState>({
  start,
  draw: drawTrainingView,
  tallest: 760,
  aside: (stage, data, state) => drawDetail(stage, { ...data, outputs: snapshotAt(data, state)?.outputs }, state),
  controls(ui, data) {
    const { snapshots, logs } = data;
    if (snapshots.length > 1) ui.player('at', { label: 'epoch', count: snapshots.length, text: (at) => `${snapshots[at].epoch} of ${logs.length}` });
    networkControls(ui, data, data.image !== undefined);
  },
  point: (at, _state, data) => (isChart(at) ? (at.pressed ? { at: nearest(at, data) } : { pointed: undefined }) : pointedAt(at.spot)),
  leave: () => ({ pointed: undefined }),
  press: (at, state, data) => (isChart(at) ? { at: nearest(at, data) } : pressed(at.spot, state, data)),
  key: keyed,
  status(state, data) {
    const { visible, at } = seen(data, state);
    const snapshot = snapshotAt(data, state);
    const epoch = snapshot?.epoch ?? 0;
    const values = metricsOf(data.logs).map(({ name, training, validation }) => `${name} ${readable(training[epoch - 1])}${validation ? ` (validation ${readable(validation[epoch - 1])})` : ''}`);
    const moment = [momentOf(snapshot, data), ...(epoch ? values : [])].join(', ');
    if (at < 0) return moment;
    return `${moment} · ${[blockWords(data, visible.blocks[at]), weightsText(data, snapshot, visible.blocks[at])].filter(Boolean).join(', ')}`;
  },
  help: `a click on a curve goes to that epoch; ${keysHelp}`,
});

const isChart = ({ spot }: Point): boolean => spot.name.startsWith('epochs');

/** The snapshot whose epoch lies nearest to a place on a curve. */
function nearest({ u }: Point, { snapshots, logs }: TrainingData): number {
  const epoch = 1 + u * (logs.length - 1);
  return snapshots.reduce((best, snapshot, at) => (Math.abs(snapshot.epoch - epoch) < Math.abs(snapshots[best].epoch - epoch) ? at : best), 0);
}
