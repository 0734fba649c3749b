import type { Figure } from './figure/figure';
import { writeInto } from './writeInto';
import { globalSlot } from './globalSlot';

/** What display.ts plugs in: shows a figure in the running kernel and returns true, or returns false outside one. */
export type Presenter = (figure: Figure) => boolean;

const presenter = globalSlot<Presenter>('presenter');
export const setPresenter = presenter.set;

const present = (figure: Figure): boolean => presenter.get()?.(figure) ?? false;

/** One output of the running cell whose figure is replaced as work goes on. */
export interface Place {
  /** Shows a figure in the place of the one before; `live: false` without its script, for one that will soon be replaced. */
  put(figure: Figure, options: { live: boolean }): void;
}

/** What display.ts plugs in: a place in the cell that runs now, or undefined outside a kernel. */
export type PlaceMaker = () => Place | undefined;

const placeMaker = globalSlot<PlaceMaker>('place');
export const setPlaceMaker = placeMaker.set;

/** A place in the running cell; undefined outside a kernel. */
export const newPlace = (): Place | undefined => placeMaker.get()?.();

/** Encloses the words of a value that is on screen as a picture already, so that display.ts can keep them off the cell's text. Invisible. */
export const echoMark = '\u2063';

/** A value that shows itself as a picture when it is the last value of a cell, and as a line of text elsewhere. */
export abstract class Showable {
  /** The picture of this value. */
  abstract toFigure(): Figure;
  /** One printable line (or a small table) that says the same in words. */
  abstract toString(): string;

  /** Writes the picture (.png, .svg, .html: a page that stands alone) or what it was made of (.json); makes a missing folder; gives the full path back. */
  async save(path: string): Promise<string> {
    return typeof path === 'string' && /\.json$/i.test(path) ? writeInto(path, JSON.stringify(this)) : this.toFigure().save(path);
  }

  /** Shows the picture in the running cell now; outside a notebook it prints the text. */
  show(): void {
    if (!present(this.toFigure())) console.log(this.toString());
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const text = this.toString();
    return present(this.toFigure()) ? `${echoMark}${text}${echoMark}` : text;
  }
}
