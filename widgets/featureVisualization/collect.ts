import { shown } from '../../src/check';
import { FeatureVisualization, type VisualizedFeature } from '../../src/features/visualization/featureVisualization';
import { joinParts } from '../../src/figure/caption';
import { readable } from '../../src/figure/numbers';
import type { FeatureData, Tile } from './data';
import { stripOf, stripSide } from './strip';

/** What one or several results show, all their pictures side by side. */
export function featureData(results: readonly FeatureVisualization[]): FeatureData {
  const [first] = results;
  const units = [...new Set(results.map(({ unit }) => unit))];
  if (units.length > 1) throw new RangeError(`pictures of one figure must reach for the same thing, got ${units.join(' and ')}`);
  const told = differing(results);
  const all = results.flatMap((result, i) => result.features.map((feature) => ({ result, feature, about: told[i] })));
  const features = all.map(({ feature }) => feature);
  const seeds = all.map(({ feature, about }) => all.some((other) => other.feature.label === feature.label && other.about === about && other.feature.seed !== feature.seed) && `seed ${feature.seed}`);
  const side = stripSide(all.reduce((sum, { feature }) => sum + feature.snapshots.length, 0));
  const tiles = all.map(({ result, feature }, i): Tile => {
    const { label, image, step, value, start, grey, note, seen, checked, snapshots: kept } = feature;
    const { about } = all[i];
    // The best is shown at the end, and need not be there twice.
    const snapshots = kept.length > 1 && kept[kept.length - 1].step === step ? kept.slice(0, -1) : kept;
    const moved = result.options.transforms !== false;
    return {
      title: joinParts([nameOf(feature, features), about, seeds[i]]) || label,
      label: joinParts([label, about, seeds[i]]),
      best: image,
      step,
      value,
      start,
      grey,
      note,
      steps: Number(result.options.steps),
      seen: moved ? seen : new Float32Array(),
      checked: checked.map((each) => ({ ...each })),
      moments: snapshots.map((each) => ({ step: each.step, value: each.value })),
      strip: stripOf(snapshots.map((each) => each.image), side),
    };
  });
  return {
    method: first.method,
    model: [...new Set(results.map(({ model }) => model))].join(', '),
    unit: first.unit,
    rising: first.rising,
    details: detailsOf(results),
    original: first.original && { width: first.original.width, height: first.original.height, data: first.original.data, name: first.original.name },
    tiles,
    notes: [...new Set([...results.flatMap(({ note }) => note ?? []), ...all.flatMap(({ feature }) => (feature.note ? `${feature.label} ${feature.note}` : []))])],
  };
}

/** A list of results, or one. */
export function checkedResults(made: unknown): FeatureVisualization[] {
  const list = Array.isArray(made) ? (made as unknown[]) : [made];
  const wrong = list.find((each) => !(each instanceof FeatureVisualization));
  if (!list.length || wrong !== undefined) throw new TypeError(`featureVisualization takes what maximizeActivation or invertFeatures gives, or a list of these, got ${shown(list.length ? wrong : made)}`);
  if (list.every((each) => !(each as FeatureVisualization).length)) throw new RangeError('featureVisualization has no picture to show');
  return list as FeatureVisualization[];
}

/** What tells a picture from its neighbours: the channel alone where the layer is the same. */
function nameOf(feature: VisualizedFeature, all: readonly VisualizedFeature[]): string {
  if (all.every(({ label }) => label === feature.label)) return '';
  const oneLayer = all.every(({ layer, channel }) => layer === all[0].layer && channel !== undefined);
  return oneLayer && feature.layer ? feature.label.slice(feature.layer.length + 1) : feature.label;
}

/** Of several results, the options in which they differ, in words. */
function differing(results: readonly FeatureVisualization[]): string[] {
  const names = [...new Set(results.flatMap(({ options }) => Object.keys(options)))].filter((name) => new Set(results.map(({ options }) => JSON.stringify(options[name]))).size > 1);
  // What follows from another is not told where that is, and the layer where the names of the pictures tell it.
  const named = results.every(({ features }) => features.every(({ label, layer }) => layer !== undefined && label.startsWith(layer)));
  const follows = (name: string): boolean => names.includes('param') && ['learningRate', 'transforms', 'redirect'].includes(name);
  return results.map(({ options }) => joinParts(names.filter((name) => !follows(name) && !(named && name === 'layer')).map((name) => (name === 'param' ? String(options[name]) : phrase(name, options[name])))));
}

/** What all results share. */
function detailsOf(results: readonly FeatureVisualization[]): string {
  const [{ options, seed }] = results;
  const shared = Object.entries(options).filter(([name, value]) => results.every((each) => JSON.stringify(each.options[name]) === JSON.stringify(value)));
  // The name of a single picture tells its layer.
  const known = (name: string): boolean => name === 'layer' && results.length === 1 && results[0].length === 1;
  const told = shared.filter(([name, value]) => !known(name) && (!(name in usual) || usual[name] !== value)).map(([name, value]) => phrase(name, value));
  return joinParts([...told, results.every((each) => each.seed === seed) && `seed ${seed}`]);
}

const usual: Record<string, unknown> = { redirect: true, match: 'features' };

function phrase(name: string, value: unknown): string {
  if (name === 'layer') return String(value);
  if (name === 'size') return (value as number[]).join(' × ') + ' pixels';
  if (name === 'steps') return `${String(value)} steps`;
  if (name === 'param') return paramWords[String(value)] ?? `param ${String(value)}`;
  if (name === 'redirect') return value ? 'redirected gradients at first' : 'gradients not redirected';
  if (name === 'match') return `match ${String(value)}`;
  if (name === 'learningRate') return `step size ${readable(value as number)}`;
  if (name === 'transforms') return value ? movesText(value as { jitter: number; scale: number[]; rotate: number }) : 'not moved about';
  return `${name} ${value === undefined ? 0 : typeof value === 'number' ? readable(value) : String(value)}`;
}

const paramWords: Record<string, string> = { fourier: 'changed by its spectrum', pixel: 'changed by its pixels', maco: 'changed by its phases' };

const movesText = ({ jitter, scale, rotate }: { jitter: number; scale: number[]; rotate: number }): string => `moved by ±${jitter} pixels, scaled ${scale.join(' to ')}, turned ±${rotate}°`;
