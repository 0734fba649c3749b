import { crispUri, smoothUri } from './raster';
import type { Stage } from './stage';
import { newSvg, svgText } from './svg';

/** A stage in plain Node, and its finished SVG document once the size is known. */
export function svgStage(width = Infinity): { stage: Stage; finish(size: { width: number; height: number }): string } {
  const svg = newSvg(0, 0);
  const stage: Stage = {
    svg,
    width,
    raster({ x, y, width, height }, pixels, look) {
      const href = look === 'smooth' ? smoothUri(pixels, width) : crispUri(pixels, width);
      svg.append('image').attr('x', x).attr('y', y).attr('width', width).attr('height', height).attr('preserveAspectRatio', 'none').attr('href', href);
    },
  };
  return {
    stage,
    finish({ width, height }) {
      svg.attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
      // The card, which newSvg draws first.
      svg.select('rect').attr('width', width).attr('height', height);
      return svgText(svg);
    },
  };
}
