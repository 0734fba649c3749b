import type { StepperData } from './data';

/** A channel of the input: `channel 12`, `R`. */
export const channelName = ({ names }: StepperData, channel: number, word = 'channel'): string => names?.[channel] ?? `${word} ${channel}`;

/** A unit of a list, by its place in it; undefined for a layer with a map. */
export function unitName({ layer: { arithmetic } }: StepperData, at: number): string | undefined {
  if (arithmetic.kind === 'globalPool') return `channel ${arithmetic.channels[at].channel}`;
  const unit = arithmetic.kind === 'dense' ? arithmetic.units[at] : arithmetic.kind === 'softmax' ? arithmetic.rows[at] : undefined;
  return unit && (unit.label === undefined ? `unit ${unit.unit}` : `${unit.label} (${unit.unit})`);
}
