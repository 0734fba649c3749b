import type { Drawn, Spot } from '../../src/figure/stage';

/** Where a pointer is. */
export interface Point {
  spot: Spot;
  /** From the left and the top of the spot, 0 to 1. */
  u: number;
  v: number;
  /** Whether a button is down, or a finger. */
  pressed: boolean;
  /** Whether it came down just now. */
  began?: boolean;
}

/** Two fingers, or the wheel with Ctrl or the command key: how much larger, and where the fingers' middle went since, in shares of the spot. */
export interface Zoom {
  factor: number;
  du: number;
  dv: number;
}

export interface PointerHandlers {
  /** Over a spot, or dragging from it. */
  point?(at: Point): void;
  /** Away from all spots. */
  leave?(): void;
  /** A click or a tap. */
  press?(at: Point): void;
  /** Larger or smaller about a point. */
  zoom?(at: Point, by: Zoom): void;
}

// A finger that moved less than this tapped.
const slack = 5;

/** Tells what a pointer (mouse, pen, finger) does to the spots of the latest drawing. A drag keeps to the spot that it began in. */
export function followPointer(element: HTMLElement, drawn: () => Drawn, handlers: PointerHandlers): void {
  let held: { spot: Spot; x: number; y: number } | undefined;
  const fingers = new Map<number, { clientX: number; clientY: number }>();
  const at = (event: Pick<PointerEvent, 'clientX' | 'clientY'>, pressed: boolean): Point | undefined => {
    const box = element.getBoundingClientRect();
    const x = ((event.clientX - box.left) * drawn().width) / box.width;
    const y = ((event.clientY - box.top) * drawn().height) / box.height;
    const inside = (spot: Spot): boolean => x >= spot.x && y >= spot.y && x < spot.x + spot.width && y < spot.y + spot.height;
    const spot = held ? ((drawn().spots ?? []).find(({ name }) => name === held?.spot.name) ?? held.spot) : drawn().spots?.findLast(inside);
    if (!spot) return undefined;
    const share = (value: number): number => Math.min(1, Math.max(0, value));
    return { spot, u: share((x - spot.x) / spot.width), v: share((y - spot.y) / spot.height), pressed };
  };
  const tell = (event: PointerEvent, pressed: boolean): void => {
    const point = at(event, pressed);
    if (point) handlers.point?.(point);
    else handlers.leave?.();
  };
  /** What a finger's move does while another is down. */
  const pinch = (event: PointerEvent): boolean => {
    const before = [...fingers.values()];
    if (!handlers.zoom || !fingers.has(event.pointerId) || before.length !== 2) return false;
    fingers.set(event.pointerId, event);
    const after = [...fingers.values()];
    const [from, to] = [middle(before), middle(after)];
    const point = at(to, true);
    if (!point) return true;
    const box = element.getBoundingClientRect();
    const share = (pixels: number, whole: number, part: number): number => ((pixels / whole) * part) || 0;
    handlers.zoom(point, {
      factor: apart(after) / (apart(before) || 1),
      du: share(to.clientX - from.clientX, box.width, drawn().width / point.spot.width),
      dv: share(to.clientY - from.clientY, box.height, drawn().height / point.spot.height),
    });
    return true;
  };
  element.addEventListener('pointerdown', (event) => {
    const point = at(event, true);
    if (!point || event.button > 0) return;
    fingers.set(event.pointerId, event);
    element.setPointerCapture(event.pointerId);
    // With a second finger it is no tap any more.
    if (fingers.size > 1) return void (held = undefined);
    held = { spot: point.spot, x: event.clientX, y: event.clientY };
    handlers.point?.({ ...point, began: true });
  });
  element.addEventListener('pointermove', (event) => {
    if (!pinch(event)) tell(event, held !== undefined);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) element.addEventListener(end, ({ pointerId }) => void fingers.delete(pointerId));
  element.addEventListener('pointerup', (event) => {
    if (!held) return;
    const point = at(event, false);
    const still = Math.hypot(event.clientX - held.x, event.clientY - held.y) < slack;
    held = undefined;
    if (still && point) handlers.press?.(point);
  });
  element.addEventListener('pointercancel', () => (held = undefined));
  element.addEventListener('pointerleave', (event) => {
    if (!held && event.pointerType === 'mouse') handlers.leave?.();
  });
  // Without the key the wheel scrolls the page, as everywhere.
  if (handlers.zoom) {
    element.addEventListener(
      'wheel',
      (event) => {
        const point = event.ctrlKey || event.metaKey ? at(event, false) : undefined;
        if (!point) return;
        event.preventDefault();
        handlers.zoom?.(point, { factor: Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 150), du: 0, dv: 0 });
      },
      { passive: false },
    );
  }
}

type Place = Pick<PointerEvent, 'clientX' | 'clientY'>;

const middle = ([a, b]: Place[]): Place => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 });
const apart = ([a, b]: Place[]): number => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
