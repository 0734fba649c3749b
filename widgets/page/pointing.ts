import type { Drawn, Spot } from '../../src/figure/stage';

/** Where a pointer is. */
export interface Point {
  spot: Spot;
  /** From the left and the top of the spot, 0 to 1. */
  u: number;
  v: number;
  /** Whether a button is down, or a finger. */
  pressed: boolean;
}

export interface PointerHandlers {
  /** Over a spot, or dragging from it. */
  point?(at: Point): void;
  /** Away from all spots. */
  leave?(): void;
  /** A click or a tap. */
  press?(at: Point): void;
}

// A finger that moved less than this tapped.
const slack = 5;

/** Tells what a pointer (mouse, pen, finger) does to the spots of the latest drawing. A drag keeps to the spot that it began in. */
export function followPointer(element: HTMLElement, drawn: () => Drawn, handlers: PointerHandlers): void {
  let held: { spot: Spot; x: number; y: number } | undefined;
  const at = (event: PointerEvent, pressed: boolean): Point | undefined => {
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
  element.addEventListener('pointerdown', (event) => {
    const point = at(event, true);
    if (!point || event.button > 0) return;
    held = { spot: point.spot, x: event.clientX, y: event.clientY };
    element.setPointerCapture(event.pointerId);
    handlers.point?.(point);
  });
  element.addEventListener('pointermove', (event) => tell(event, held !== undefined));
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
}
