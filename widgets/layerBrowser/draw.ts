import type { Drawn, Stage } from '../../src/figure/stage';
import { shorten } from '../../src/figure/text';
import { captionLines, drawLines, styles, textLines } from '../../src/figure/textBlock';
import type { BrowserData } from './data';
import { altOf, detailsOf, explanationOf, headingOf, notesOf } from './explain';
import { drawMaps } from './mapPane';
import { type BrowserState, isVector, layerAt } from './state';
import { drawBrowserStrip } from './strip';
import { drawTiles, tileGrid } from './tileGrid';
import { layerFacts } from './words';

const margin = 16;
const gap = 22;
const widest = 900;
// From here on the large map stands beside the small ones.
const roomy = 620;

/** The network as a strip, the chosen layer's channels as small maps, one of them large, and the caption. */
export function drawBrowser(stage: Stage, data: BrowserData, state: BrowserState): Drawn {
  const { svg } = stage;
  const total = Math.min(stage.width, widest);
  const width = total - 2 * margin;
  const wide = width >= roomy;
  const layer = layerAt(data, state);
  const { bottom: stripBottom, spot } = drawBrowserStrip(stage, data, state, margin, margin, width);
  const title = [{ ...styles.heading, text: shorten(layer.name, width, styles.heading.size, true) }, ...textLines(layerFacts(data, layer), width, styles.subtitle)];
  const top = drawLines(svg, title, margin, stripBottom + 10) + 6;

  const tiles = isVector(layer) ? undefined : tileGrid(data, state, wide ? width * 0.5 : width, !wide);
  const drawnTiles = tiles && drawTiles(stage, data, state, tiles, margin, top);
  const beside = wide && tiles ? tiles.width + gap : 0;
  const mapTop = wide || !drawnTiles ? top : drawnTiles.bottom + 6;
  const maps = drawMaps(stage, data, state, margin + beside, mapTop, width - beside, wide);
  const bodyBottom = Math.max(drawnTiles?.bottom ?? 0, maps.bottom);

  const below = captionLines(width, headingOf(data), detailsOf(data, state), notesOf(data));
  let bottom = drawLines(svg, below, margin, bodyBottom + 10) + 4;
  explanationOf(data).forEach((text, at) => (bottom = drawLines(svg, textLines(text, width, at ? styles.subtitle : styles.title), margin, bottom) + (at ? 3 : 0)));
  return { width: total, height: Math.ceil(bottom + margin - 4), alt: altOf(data, state), spots: [spot, ...(drawnTiles?.spots ?? []), ...maps.spots] };
}
