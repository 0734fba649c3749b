import { barWidth, type Bar } from '../../src/figure/colorbar';
import { margin } from '../../src/figure/sheet';
import type { Place } from '../../src/figure/stage';
import { styles } from '../../src/figure/textBlock';

/** Where everything is: two pictures with a colour bar, and words beside them or, where it is narrow, below. */
export interface Layout {
  photo: Place;
  heat: Place;
  /** The upper left corner of the colour bar, and its height. */
  bar: { x: number; y: number; height: number };
  words: { x: number; y: number; width: number };
  /** Whether the words are beside the pictures. */
  beside: boolean;
  /** How wide the caption may be, and the y below the pictures. */
  caption: number;
  picturesEnd: number;
}

const gap = 14;
const columnGap = 28;
const widest = 900;
const largestPicture = 336;
const shortestBar = 80;
/** A narrow picture leaves its title room to be read. */
const narrowestTitle = 116;
/** From this width of the inside on the words stand beside the pictures: with classes about a third of it, without them less. */
const wide = 660;
const widestWords = 440;
const wordsWidth = (inside: number, classes: boolean): number => (classes ? Math.max(250, Math.min(340, inside * 0.36)) : 220);

export const titlesHeight = styles.title.line + 2 * styles.subtitle.line;

export function layoutOf(available: number, image: { width: number; height: number }, bar: Bar | undefined, classes: boolean): Layout {
  const inside = Math.min(available, widest) - 2 * margin;
  const beside = inside >= wide;
  const barRoom = (height: number): number => (bar ? gap + barWidth(bar, height) : 0);
  const side = pictureSize(image, beside ? inside - columnGap - wordsWidth(inside, classes) : inside, barRoom);
  const step = Math.max(side.width, narrowestTitle) + gap;
  const height = barHeight(side);
  const y = margin + titlesHeight + 5;
  const pictures = step + side.width + barRoom(height);
  const picturesEnd = y + Math.max(side.height, bar ? height : 0);
  return {
    photo: { x: margin, y, ...side },
    heat: { x: margin + step, y, ...side },
    bar: { x: margin + step + side.width + gap, y, height },
    words: beside ? { x: margin + pictures + columnGap, y: margin, width: Math.min(widestWords, inside - pictures - columnGap) } : { x: margin, y: picturesEnd + 18, width: inside },
    beside,
    caption: beside ? pictures : inside,
    picturesEnd,
  };
}

const barHeight = (picture: { height: number }): number => Math.max(shortestBar, picture.height);

/** The size of each of two pictures of the image's proportions beside a bar that is as high as they are. */
function pictureSize({ width, height }: { width: number; height: number }, room: number, barRoom: (height: number) => number): { width: number; height: number } {
  const sized = (most: number): { width: number; height: number } => {
    const scale = Math.min(most / width, largestPicture / width, largestPicture / height);
    return { width: Math.round(width * scale), height: Math.round(height * scale) };
  };
  // How wide the bar is depends on how high it is, and so on the pictures.
  const guess = sized(room / 2.4);
  return sized(Math.floor((room - gap - barRoom(barHeight(guess))) / 2));
}
