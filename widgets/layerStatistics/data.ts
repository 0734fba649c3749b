import { chooseLayers } from '../../src/features/chooseLayers';
import type { LayerStatistics, LayerStats } from '../../src/features/statistics/result';

/** One layer's numbers, and what is drawn of its channels. */
export interface StatisticsRow extends Omit<LayerStats, 'channels' | 'dead' | 'channelMean' | 'channelSize' | 'channelMax'> {
  channelCount: number;
  deadCount: number;
  /** The numbers of the first dead channels. */
  dead: number[];
  /** The mean size of the channels' values, the greatest first, as shares of it; of many channels some, evenly spread. */
  profile: number[];
  /** Whether it is among those that are drawn at first. */
  key: boolean;
}

/** What the widget shows. */
export interface StatisticsData {
  model: string;
  collection: string;
  images: number;
  rows: StatisticsRow[];
  notes: string[];
}

const keyCount = 18;
const profileBars = 40;
const toldDead = 24;

export function statisticsData(statistics: LayerStatistics): StatisticsData {
  const { model, collection, images, broken, layers, note } = statistics;
  const keys = new Set(chooseLayers(layers, keyCount));
  const unreadable = broken.length ? [`${broken.length} ${broken.length === 1 ? 'image' : 'images'} could not be read: ${broken[0].name} (${broken[0].reason})${broken.length > 1 ? `, and ${broken.length - 1} more` : ''}`] : [];
  const infinite = layers.reduce((sum, layer) => sum + layer.broken, 0);
  return {
    ...{ model, collection, images },
    rows: layers.map((layer) => rowOf(layer, keys.has(layer))),
    notes: [...(note ? [note] : []), ...unreadable, ...(infinite ? [`${infinite} values are NaN or infinite and left out`] : [])],
  };
}

function rowOf({ channels, dead, channelMean: _mean, channelSize, channelMax: _max, ...rest }: LayerStats, key: boolean): StatisticsRow {
  const sizes = [...channelSize].map((size) => size || 0).sort((a, b) => b - a);
  const count = Math.min(profileBars, sizes.length);
  const profile = Array.from({ length: count }, (_, at) => sizes[Math.round((at * (sizes.length - 1)) / Math.max(1, count - 1))] / (sizes[0] || 1));
  return { ...rest, channelCount: channels.length, deadCount: dead.length, dead: dead.slice(0, toldDead), profile: profile.map((share) => Number(share.toFixed(3))), key };
}
