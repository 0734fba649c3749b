import { select, type Selection } from 'd3-selection';
import { escapeXml } from '../escapeXml';

// What d3-selection and d3-axis need of a document, and no more: a full DOM takes 0.3 s to import.

type Attributes = Map<string, string>;

/** One element of a picture being drawn in plain Node. */
export class SvgElement {
  readonly namespaceURI = 'http://www.w3.org/2000/svg';
  readonly attributes: Attributes = new Map();
  readonly childNodes: SvgElement[] = [];
  parentNode: SvgElement | null = null;
  private text = '';

  constructor(
    readonly ownerDocument: SvgDocument,
    readonly tagName: string,
  ) {}

  get textContent(): string {
    return this.text + this.childNodes.map((child) => child.textContent).join('');
  }
  set textContent(text: string | null) {
    this.childNodes.length = 0;
    this.text = String(text ?? '');
  }
  get nextSibling(): SvgElement | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  getAttribute = (name: string): string | null => this.attributes.get(name) ?? null;
  hasAttribute = (name: string): boolean => this.attributes.has(name);
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  setAttributeNS(_space: string, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  appendChild = (child: SvgElement): SvgElement => this.insertBefore(child, null);
  insertBefore(child: SvgElement, next: SvgElement | null): SvgElement {
    child.parentNode?.removeChild(child);
    const at = next ? this.childNodes.indexOf(next) : -1;
    this.childNodes.splice(at < 0 ? this.childNodes.length : at, 0, child);
    child.parentNode = this;
    return child;
  }
  removeChild(child: SvgElement): SvgElement {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
    return child;
  }

  querySelector = (selector: string): SvgElement | null => this.querySelectorAll(selector)[0] ?? null;
  querySelectorAll(selector: string): SvgElement[] {
    return this.childNodes.flatMap((child) => (child.matches(selector) ? [child, ...child.querySelectorAll(selector)] : child.querySelectorAll(selector)));
  }
  matches(selector: string): boolean {
    return selector[0] === '.' ? (this.getAttribute('class') ?? '').split(' ').includes(selector.slice(1)) : this.tagName === selector;
  }
  /** 4 (follows) or 2 (precedes), among siblings: what `selection.order` asks. */
  compareDocumentPosition(other: SvgElement): number {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings.indexOf(other) > siblings.indexOf(this) ? 4 : 2;
  }

  get outerHTML(): string {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
    const inside = escapeXml(this.text) + this.childNodes.map((child) => child.outerHTML).join('');
    return inside ? `<${this.tagName}${attributes}>${inside}</${this.tagName}>` : `<${this.tagName}${attributes}/>`;
  }
}

class SvgDocument {
  readonly documentElement = new SvgElement(this, 'svg');
  createElementNS = (_space: string, name: string): SvgElement => new SvgElement(this, name);
  createElement = (name: string): SvgElement => new SvgElement(this, name);
}

/** A d3 selection of one or more elements, of the stand-in document or of a page. */
// d3's own bound is the DOM's Element, which exists in one of the two only.
export type Drawing = Selection<any, unknown, null, undefined>;

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** A d3 selection of a new root `<svg>` of that size in CSS pixels, on an opaque white card, with text in the page's sans-serif. */
export function newSvg(width: number, height: number): Drawing {
  const { documentElement } = new SvgDocument();
  const svg = (select(documentElement as never) as unknown as Drawing)
    .attr('xmlns', documentElement.namespaceURI)
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('font-family', fontFamily)
    .attr('font-size', 12)
    .attr('fill', ink);
  svg.append('rect').attr('width', width).attr('height', height).attr('rx', 6).attr('fill', '#fff');
  return svg;
}

export const svgText = (svg: Drawing): string => (svg.node() as SvgElement).outerHTML;

/** Colours of text and lines, from strong to faint; all read on white, and a page in the dark swaps them for its own. */
export const ink = '#1f2328';
export const softInk = '#59636e';
export const faintInk = '#6e7781';
export const hairline = '#d1d9e0';
export const noteInk = '#8a4600';
/** Of what is chosen or pointed at. */
export const accent = '#0969da';
