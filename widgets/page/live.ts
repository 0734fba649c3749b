import './ruler';
import { memory } from '../../src/figure/memo';
import type { Drawn, Place, Stage } from '../../src/figure/stage';
import { Controls, made } from './controls';
import { followKeys, keepKeys } from './keys';
import { linkUp, type TopicLinks } from './links';
import { PageStage } from './pageStage';
import { followPointer, type Point, type Zoom } from './pointing';
import { style } from './style';
import { watchGround } from './theme';
import { unpack } from './unpack';

memory.on = true;

/** A widget in the page. Every handler gives the changes of the state, or undefined for none. */
export interface LiveSpec<Data, State extends object> {
  /** The first state, which the static picture shows too. */
  start(data: Data): State;
  draw(stage: Stage, data: Data, state: State): Drawn;
  /** The drawing scrolls in its own frame where it is higher than this, in CSS pixels. */
  tallest?: number;
  /** A second drawing below the frame: it stays in view while the first is scrolled. */
  aside?(stage: Stage, data: Data, state: State): Drawn;
  /** Puts the controls into the bar. */
  controls?(ui: Controls<State>, data: Data): void;
  /** A pointer over a spot of the drawing, or dragging from it. */
  point?(at: Point, state: State, data: Data): Partial<State> | undefined;
  /** The pointer has left all spots. */
  leave?(state: State, data: Data): Partial<State> | undefined;
  /** A click or a tap. */
  press?(at: Point, state: State, data: Data): Partial<State> | undefined;
  /** Two fingers, or the wheel with Ctrl or the command key. */
  zoom?(at: Point, by: Zoom, state: State, data: Data): Partial<State> | undefined;
  /** A key on the drawing: `ArrowLeft`, `Shift+ArrowLeft`, `Enter`, ... */
  key?(key: string, state: State, data: Data): Partial<State> | undefined;
  /** What is pointed at, in words and numbers. */
  status?(state: State, data: Data): string;
  /** How the drawing is worked, in a line. */
  help?: string;
  /** What it shares with the other widgets of its figure. */
  links?: TopicLinks<Data, State>;
}

/** The function of a widget's script: wakes the elements of that id. What goes wrong leaves the picture as it is. */
export const live =
  <Data, State extends object>(spec: LiveSpec<Data, State>) =>
  async (id: string, packed: string, bus: EventTarget): Promise<void> => {
    // JupyterLab may show an output in several places at once, with one id.
    const hosts = [...document.querySelectorAll<HTMLElement>(`[id="${id}"]:not([data-live])`)];
    for (const host of hosts) host.dataset.live = 'waking';
    try {
      const data = (await unpack(packed)) as Data;
      for (const host of hosts) wakeHost(host, data, spec, bus);
    } catch (error) {
      for (const host of hosts) host.dataset.live = `failed: ${String(error)}`;
    }
  };

function wakeHost<Data, State extends object>(host: HTMLElement, data: Data, spec: LiveSpec<Data, State>, bus: EventTarget): void {
  const state = { ...spec.start(data) };
  const stage = new PageStage();
  const { aside } = spec;
  const asideStage = aside && new PageStage('aside');
  const widget = made('div', { className: 'widget' });
  const frame = made('div', { className: 'frame' });
  const status = made('p', { className: 'status' });
  let width = Number(host.dataset.width);
  let drawn: Drawn;
  let asideDrawn: Drawn | undefined;
  let frameAsked = 0;
  /** Whether the user did something that may lead out of the part that is in view; pointing does not. */
  let moved = false;

  const draw = (): void => {
    drawn = stage.draw(width, (given) => spec.draw(given, data, state));
    asideDrawn = aside && asideStage?.draw(width, (given) => aside(given, data, state));
    if (moved && drawn.focus) scrollTo(frame, drawn.focus);
    moved = false;
    controls.update();
  };
  const describe = (): void => {
    stage.describe(drawn);
    if (asideDrawn) asideStage?.describe(asideDrawn);
    const text = spec.status?.(state, data) ?? '';
    if (status.textContent !== text) status.textContent = text;
  };
  const redraw = (): void => {
    if (frameAsked) return;
    frameAsked = requestAnimationFrame(() => {
      frameAsked = 0;
      draw();
      describe();
    });
  };
  const set = (patch: Partial<State> | undefined, heard = false): void => {
    if (!patch) return;
    Object.assign(state, patch);
    redraw();
    tellOthers(heard);
  };
  const tellOthers = linkUp(spec.links ?? {}, bus, state, data, (patch) => set(patch, true));
  const work = (patch: Partial<State> | undefined): void => {
    moved = true;
    set(patch);
  };
  const controls = new Controls<State>({ state, set: work });
  spec.controls?.(controls, data);
  controls.element.setAttribute('role', 'group');
  controls.element.setAttribute('aria-label', 'controls');
  frame.append(stage.element);
  if (spec.tallest) frame.style.maxHeight = `${spec.tallest}px`;
  widget.append(controls.element, frame);
  if (asideStage) widget.append(asideStage.element);
  if (spec.status) {
    status.setAttribute('aria-live', 'polite');
    widget.append(status);
  }
  if (spec.help) widget.append(made('p', { className: 'help', id: 'help', textContent: spec.help }));

  const handle = <Args extends unknown[]>(handler: ((...args: [...Args, State, Data]) => Partial<State> | undefined) | undefined) => handler && ((...args: Args) => set(handler(...args, state, data)));
  followPointer(stage.element, () => drawn, { point: handle(spec.point), leave: handle(spec.leave), press: handle(spec.press), zoom: handle(spec.zoom) });
  if (spec.point) stage.element.classList.add('pointable');
  const { key } = spec;
  if (key) {
    Object.assign(stage.element, { tabIndex: 0, role: 'application' });
    stage.element.setAttribute('aria-label', 'the picture; keys move in it');
    if (spec.help) stage.element.setAttribute('aria-describedby', 'help');
    followKeys(stage.element, (name) => {
      const patch = key(name, state, data);
      if (patch) work(patch);
      return patch !== undefined;
    });
  }

  const root = host.attachShadow({ mode: 'open' });
  const sheet = made('style', { textContent: style });
  root.append(sheet, widget);
  // An output is sometimes made before it has a place; then the observer brings its width.
  width = frame.clientWidth || width;
  draw();
  new ResizeObserver(() => {
    const now = frame.clientWidth;
    if (!now || now === width) return;
    width = now;
    redraw();
  }).observe(widget);
  watchGround(widget, (element, dark) => element.classList.toggle('dark', dark));
  keepKeys(host);
  host.dataset.live = 'drawn';
  // The words come after the first frame: finding them may take as long as the drawing.
  requestAnimationFrame(() =>
    setTimeout(() => {
      describe();
      host.dataset.live = 'ready';
    }),
  );
}

/** Brings a place of the drawing into view, with some room around it. */
function scrollTo(frame: HTMLElement, { y, height }: Place): void {
  const room = 24;
  const { scrollTop, clientHeight } = frame;
  if (y - room < scrollTop) frame.scrollTop = y - room;
  else if (y + height + room > scrollTop + clientHeight) frame.scrollTop = y + height + room - clientHeight;
}
