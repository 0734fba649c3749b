import { quantity } from '../../src/figure/numbers';
import type { Drawn, Stage } from '../../src/figure/stage';
import { captionLines, drawLines, heightOf } from '../../src/figure/textBlock';
import { kindOf } from '../layerKinds';
import type { ModelViewData } from './data';
import { kindsText, labelLines, layersIn, type Measure, nameOf, sum, totals } from './facts';
import { drawLegend } from './legend';
import { type Moving, seen } from './moves';
import { drawNetwork, type NetworkLook } from './network';
import { type PlanLook, planOf } from './plan';
import { tileOf } from './tiles';
import { ancestorsOf, type Block, type Visible } from './visible';

export interface ModelViewState extends Moving {
  /** What blocks are drawn as: the shapes of their outputs, or the channel that varies most. */
  show: 'shapes' | 'maps';
  /** What stands below them: parameters and multiply-adds in numbers, or one of them with a bar. */
  measure: 'both' | Measure;
  /** Layers of this kind alone are strong, and those whose name holds this text; all where it is empty. */
  kind: string;
  search: string;
  /** What the block that is looked at depends on alone is strong. */
  ancestors: boolean;
}

export const start = ({ open, outputs }: ModelViewData): ModelViewState => ({ open, show: outputs ? 'maps' : 'shapes', measure: 'both', kind: '', search: '', ancestors: false });

const margin = 16;
const widest = 1100;

/** Draws the network with the legend above and the caption below. */
export function drawModelView(stage: Stage, data: ModelViewData, state: ModelViewState): Drawn {
  const width = Math.min(stage.width, widest);
  const inner = width - 2 * margin;
  const { visible, at } = seen(data, state);
  const look = lookOf(data, state, visible, at);
  const legend = drawLegend(stage.svg, data, state.show === 'maps', margin, margin, inner);
  const plan = planOf(data, planLookOf(data, state), inner);
  const top = margin + legend + 12;
  const spots = drawNetwork(stage, plan, look, margin, top);
  const below = captionLines(inner, data.model, detailsOf(data, state, visible));
  drawLines(stage.svg, below, margin, top + plan.height + 12);
  const height = Math.ceil(top + plan.height + 12 + heightOf(below) + margin);
  return { width, height, alt: altOf(data, visible), spots, focus: spots.find(({ name }) => name === visible.blocks[at]?.id) };
}

function planLookOf(data: ModelViewData, { open, show, measure }: ModelViewState): PlanLook {
  return {
    open,
    key: `${show} ${measure}`,
    lines: (block, group) => [...labelLines(data, block, group), ...amounts(data, block, measure)],
    bars: measure !== 'both',
    tile: show === 'maps' ? (block) => tileIn(data, block)?.pixels : undefined,
  };
}

function lookOf(data: ModelViewData, state: ModelViewState, visible: Visible, at: number): NetworkLook {
  const { show, measure } = state;
  const most = measure === 'both' ? 0 : Math.max(1, ...visible.blocks.map((block) => sum(layersIn(data, block), measure)));
  return {
    at,
    strong: strongBlocks(data, state, visible, at),
    bar: measure === 'both' ? undefined : (block) => sum(layersIn(data, block), measure) / most,
    tile: show === 'maps' ? (block) => tileIn(data, block) : undefined,
  };
}

/** Parameters and multiply-adds of a block in numbers. */
function amounts(data: ModelViewData, block: Block, measure: ModelViewState['measure']): string[] {
  const own = layersIn(data, block);
  const units = { params: 'params', work: 'MACs' };
  const told: readonly Measure[] = measure === 'both' ? ['params', 'work'] : [measure];
  return told.filter((what) => sum(own, what)).map((what) => `${quantity(sum(own, what))} ${units[what]}`);
}

/** The photograph for the input, and the liveliest map of the last layer of a block that has one. */
function tileIn({ image, outputs }: ModelViewData, { first, last }: Block): ReturnType<NonNullable<NetworkLook['tile']>> {
  if (first < 0) return image && { pixels: image, look: 'smooth' };
  const output = outputs?.[last];
  return output?.channels.length ? { pixels: tileOf(output, 0), look: 'crisp' } : undefined;
}

/** The layers that a search finds: their name, their Keras class or their group has the text in it. */
export function found({ layers, folds }: ModelViewData, search: string): number[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return [];
  const inGroup = new Set(folds.flatMap(({ name, first, last }) => (name.toLowerCase().includes(wanted) ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [])));
  return layers.flatMap(({ name, kind }, at) => (inGroup.has(at) || `${name}\n${kind}`.toLowerCase().includes(wanted) ? [at] : []));
}

/** The places of the blocks that a filter, a search and the path to the chosen block leave strong; undefined: all. */
function strongBlocks(data: ModelViewData, { kind, search, ancestors }: ModelViewState, visible: Visible, at: number): Set<number> | undefined {
  const tests: ((block: Block, place: number) => boolean)[] = [];
  if (kind) tests.push((block) => layersIn(data, block).some((layer) => kindOf(layer).name === kind));
  if (search.trim()) {
    const hits = found(data, search);
    tests.push(({ first, last }) => hits.some((layer) => first <= layer && layer <= last));
  }
  if (ancestors && at >= 0) {
    const path = ancestorsOf(visible, at).add(at);
    tests.push((_block, place) => path.has(place));
  }
  return tests.length ? new Set(visible.blocks.flatMap((block, place) => (tests.every((test) => test(block, place)) ? [place] : []))) : undefined;
}

const detailsOf = (data: ModelViewData, { show }: ModelViewState, { blocks }: Visible): string =>
  [
    ...totals(data).map(([name, value]) => (name === 'layers' ? `${value} layers` : name === 'input' ? `input ${value}` : name === 'parameters' ? `${value} parameters` : `${value} multiply-adds (MACs) for one image`)),
    show === 'maps'
      ? `a block shows the channel that varies most on ${data.image?.name ?? 'the image'}, and is deeper with more channels`
      : 'a block is as tall as its output grid (square root) and as wide as its channels (logarithm)',
    'pooling, normalisation, activations and merges count as 0 MACs',
    ...(blocks.some(({ fold }) => fold !== undefined) ? ['▸ a folded group'] : []),
  ].join(' · ');

const longestAlt = 24;

function altOf(data: ModelViewData, { blocks }: Visible): string {
  const told = blocks.map((block) => `${nameOf(data, block)} ${(block.first < 0 ? data.inputShape : data.layers[block.last].shape).join(' by ')}`);
  const shown = told.length > longestAlt ? [...told.slice(0, longestAlt), `${told.length - longestAlt} more blocks`] : told;
  return `The network ${data.model} drawn from its input to its output, ${totals(data).slice(2).map(([name, value]) => `${value} ${name}`).join(', ')}; layers: ${kindsText(data.layers)}. In order: ${shown.join('; ')}.`;
}
