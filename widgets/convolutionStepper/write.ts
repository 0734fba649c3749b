import type { Drawing } from '../../src/figure/svg';

export interface TextLook {
  size?: number;
  fill?: string;
  bold?: boolean;
  anchor?: 'middle' | 'end';
}

/** A line of text with its baseline at `y`. */
export function write(svg: Drawing, text: string, x: number, y: number, { size = 11, fill, bold = false, anchor }: TextLook = {}): void {
  const line = svg.append('text').attr('x', x).attr('y', y).attr('font-size', size).attr('font-weight', bold ? 600 : null).attr('text-anchor', anchor ?? null);
  line.attr('fill', fill ?? null).attr('style', 'font-variant-numeric:tabular-nums').text(text);
}
