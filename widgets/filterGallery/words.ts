import { joinParts } from '../../src/figure/caption';
import { minus, readable } from '../../src/figure/numbers';
import { type GalleryData, kernelAt, layoutOf } from './data';
import { rangeOf } from './pictures';
import type { GalleryState, WeightSpot } from './state';
import { orderedFilters } from './state';

const colourNames = { r: 'red', g: 'green', b: 'blue' };

/** What an input channel is called, by its place: the colour, or its number. */
export function inputText({ colours, inputs }: GalleryData, input: number): string {
  if (colours === 'grey') return 'grey';
  return colours ? colourNames[colours[input] as 'r' | 'g' | 'b'] : `input ${inputs[input]}`;
}

/** The input channel that a filter of a depthwise layer reads. */
export const ownInput = ({ multiplier, filters }: GalleryData, filter: number): number | undefined => (multiplier === undefined ? undefined : Math.floor(filters[filter].number / multiplier));

export const isPointwise = ({ size: [rows, columns] }: GalleryData): boolean => rows * columns === 1;

/** `filter 12`, or `unit 12` of a dense layer. */
export const filterText = ({ kind, filters }: GalleryData, filter: number): string => `${kind === 'Dense' ? 'unit' : 'filter'} ${filters[filter].number}`;

/** Three significant digits. */
export const numberText = (value: number): string => minus(readable(Number(value.toPrecision(3))));

export function factsText(data: GalleryData, filter: number): string {
  const { l1, l2, bias } = data.filters[filter];
  const own = ownInput(data, filter);
  return joinParts([`L2 ${numberText(l2)}`, `L1 ${numberText(l1)}`, bias !== undefined && `bias ${numberText(bias)}`, own !== undefined && `reads channel ${own}`]);
}

/** A weight, or a filter, as it is read out. */
export function spotText(data: GalleryData, { filter, input, tap }: WeightSpot): string {
  if (input === undefined || tap === undefined) return joinParts([filterText(data, filter), factsText(data, filter)]);
  const [, columns] = data.size;
  const place = isPointwise(data) ? '' : `, row ${Math.floor(tap / columns)}, column ${tap % columns}`;
  const from = data.inputCount === 1 && !data.colours ? '' : `, ${inputText(data, input)}`;
  return `${numberText(kernelAt(data, filter, input)[tap])}: ${filterText(data, filter)}${from}${place}`;
}

export const headingOf = ({ layer, model }: GalleryData): string => `Filters · ${layer} · ${model}`;

export function detailsOf(data: GalleryData, state: GalleryState): string {
  const { kind, size, chosen, depth, filters, inputs, inputCount, normalisation, multiplier, colours, note } = data;
  const some = (shown: number, all: number, what: string): string => (shown < all ? `${shown} of ${all} ${what}` : `${all} ${what}`);
  const what = kind === 'Dense' ? 'units' : chosen === 1 ? 'filter' : 'filters';
  const wanted = filters.length < chosen ? some(filters.length, depth, what) : some(chosen, depth, what);
  const reads = multiplier !== undefined ? 'each on a channel of its own' : `on ${inputs.length < inputCount ? `${inputCount} input channels, drawn the ${inputs.length} with the greatest weights` : `${inputCount} input channel${inputCount === 1 ? '' : 's'}`}`;
  const coloured = layoutOf(data) === 'colour' && state.view === 'colour';
  return joinParts([
    kind,
    `${wanted} of ${size[0]} × ${size[1]} ${reads}`,
    orderText[state.order],
    coloured ? state.scale === 'own' ? 'each filter has its own scale: 0 is mid grey' : `one scale for all: 0 is mid grey, ±${numberText(rangeOf(data, state, state.picked)[1])} and beyond full colour` : state.scale === 'own' ? 'each filter has its own scale' : 'one scale for all, symmetric about 0',
    layoutOf(data) === 'colour' && state.view === 'channels' && 'tiles for red, green and blue, from the left',
    colours === 'bgr' && 'the network reads blue, green, red',
    normalisation && (normalisation.folded ? `${normalisation.layer} taken into the weights` : `${normalisation.layer} follows and is not in the weights (fold: true takes it in)`),
    note,
  ]);
}

const orderText = { number: 'by number', norm: 'by norm', similarity: 'like ones together' };

/** Filters that are next to nothing beside the strongest: training has left them unused. */
export function idleText({ filters, kind }: GalleryData): string | undefined {
  const strongest = Math.max(...filters.map(({ l2 }) => l2));
  const idle = filters.filter(({ l2 }) => l2 <= strongest * 1e-5).map(({ number }) => number);
  if (!idle.length || !strongest) return strongest ? undefined : 'all weights are 0';
  const told = idle.length > 8 ? `${idle.slice(0, 8).join(', ')}, …` : idle.join(', ');
  return `${idle.length} of these ${kind === 'Dense' ? 'units' : 'filters'} ${idle.length === 1 ? 'has' : 'have'} weights of nearly 0: ${told}`;
}

export function altOf(data: GalleryData, state: GalleryState): string {
  const order = orderedFilters(data, state);
  const by = [...order].sort((a, b) => data.filters[b].l2 - data.filters[a].l2);
  const [first, last] = [by[0], by[by.length - 1]];
  return `${headingOf(data)}: ${detailsOf(data, state)}. The greatest L2 norm is ${numberText(data.filters[first].l2)} (${filterText(data, first)}), the least ${numberText(data.filters[last].l2)} (${filterText(data, last)}). Shown large: ${filterText(data, state.picked)}, ${factsText(data, state.picked)}.`;
}
