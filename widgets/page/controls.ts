/** A value and the words for it. */
export interface Choice<T> {
  value: T;
  text: string;
}

interface Common<State> {
  /** What the control is for, in a word or two; read out by screen readers, and seen. */
  label: string;
  /** Whether it is there, in this state. Default: always. */
  shown?(state: State): boolean;
}

type Keys<State, T> = { [Key in keyof State]-?: T extends State[Key] ? Key : never }[keyof State];

/** How controls read and change the state. */
export interface Held<State> {
  readonly state: State;
  /** What the user did. */
  set(patch: Partial<State>): void;
}

/** The bar of controls of a widget: native elements, each bound to a key of the state. */
export class Controls<State extends object> {
  readonly element = document.createElement('div');
  private readonly updates: ((state: State) => void)[] = [];

  constructor(private readonly held: Held<State>) {
    this.element.className = 'bar';
  }

  /** Brings every control up to the state. */
  update(): void {
    for (const update of this.updates) update(this.held.state);
  }

  /** A slider over numbers; `text` says the value beside it, `also` what else of the state a move changes. */
  slider(key: Keys<State, number>, { label, min, max, step = 1, text = String, also, shown }: Common<State> & { min: number; max: number; step?: number; text?(value: number, state: State): string; also?: Partial<State> }): void {
    const input = made('input', { type: 'range', min: String(min), max: String(max), step: String(step) });
    const output = made('output');
    this.add(labelled(label, input, output), shown, (state) => {
      const value = state[key] as number;
      input.value = String(value);
      output.textContent = text(value, state);
      input.setAttribute('aria-valuetext', output.textContent);
    });
    input.addEventListener('input', () => this.held.set({ ...also, [key]: Number(input.value) } as Partial<State>));
  }

  /** A list to pick one of; `current` tells the value where the state leaves it open. */
  select<Key extends keyof State>(key: Key, { label, options, current = (state) => state[key], shown }: Common<State> & { options: readonly Choice<State[Key]>[] | ((state: State) => readonly Choice<State[Key]>[]); current?(state: State): State[Key] }): void {
    const input = made('select');
    const list = typeof options === 'function' ? options : (): readonly Choice<State[Key]>[] => options;
    let known: readonly Choice<State[Key]>[] = [];
    this.add(labelled(label, input), shown, (state) => {
      const now = list(state);
      if (!same(known, now)) input.replaceChildren(...now.map(({ text }, at) => made('option', { value: String(at), textContent: text })));
      known = now;
      input.value = String(known.findIndex(({ value }) => value === current(state)));
    });
    input.addEventListener('change', () => this.change(key, known[Number(input.value)].value));
  }

  /** A few choices side by side, each a button. */
  choice<Key extends keyof State>(key: Key, { label, options, shown }: Common<State> & { options: readonly Choice<State[Key]>[] }): void {
    const group = made('div', { className: 'choice' });
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', label);
    const buttons = options.map(({ value, text }) => {
      const button = made('button', { type: 'button', textContent: text });
      button.addEventListener('click', () => this.change(key, value));
      return button;
    });
    group.append(...buttons);
    this.add(group, shown, (state) => buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(options[at].value === state[key]))));
  }

  /** A box to tick. */
  toggle(key: Keys<State, boolean>, { label, shown }: Common<State>): void {
    const input = made('input', { type: 'checkbox' });
    const whole = made('label');
    whole.append(input, made('span', { textContent: label }));
    this.add(whole, shown, (state) => (input.checked = state[key] as boolean));
    input.addEventListener('change', () => this.change(key, input.checked));
  }

  /** A field to type in. */
  search(key: Keys<State, string>, { label, shown, choices = [] }: Common<State> & { choices?: readonly string[] }): void {
    const input = made('input', { type: 'search', autocomplete: 'off' });
    const list = made('datalist', { id: `choices-${this.updates.length}` });
    list.append(...choices.map((value) => made('option', { value })));
    if (choices.length) input.setAttribute('list', list.id);
    const whole = labelled(label, input);
    whole.append(list);
    this.add(whole, shown, (state) => {
      if (input.value !== state[key]) input.value = state[key] as string;
    });
    input.addEventListener('input', () => this.change(key, input.value));
  }

  /** A button that does something to the state. `text` may follow the state. */
  button({ label, text, press, enabled, shown }: Common<State> & { text?: string | ((state: State) => string); press(state: State): Partial<State> | undefined; enabled?(state: State): boolean }): void {
    const button = made('button', { type: 'button' });
    this.add(button, shown, (state) => {
      button.textContent = typeof text === 'function' ? text(state) : (text ?? label);
      if (button.textContent !== label) button.title = label;
      // Signs and short words get a name; words that say something else are their own.
      if (label.includes(button.textContent) || !/[\p{L}\p{N}]/u.test(button.textContent)) button.setAttribute('aria-label', label);
      button.disabled = enabled ? !enabled(state) : false;
    });
    button.addEventListener('click', () => {
      const patch = press(this.held.state);
      if (patch) this.held.set(patch);
    });
  }

  /**
   * Play, pause, a step back and forth, and a slider, over the whole numbers below `count`, which may follow the state. It never starts by itself. `speeds`: steps a second to choose from.
   */
  player(key: Keys<State, number>, { label, count: given, speeds = [1, 4, 16], text, shown }: Common<State> & { count: number | ((state: State) => number); speeds?: readonly number[]; text?(at: number, state: State): string }): void {
    const count = (): number => (typeof given === 'function' ? given(this.held.state) : given);
    const group = made('div', { className: 'group' });
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', label);
    const [back, play, next] = [`step back`, 'play', 'step forward'].map((name) => made('button', { type: 'button', title: name }));
    back.textContent = '‹';
    next.textContent = '›';
    for (const each of [back, next]) each.setAttribute('aria-label', each.title);
    const input = made('input', { type: 'range', min: '0', step: '1' });
    input.setAttribute('aria-label', label);
    const output = made('output');
    const speed = made('select', { title: 'speed' });
    speed.setAttribute('aria-label', 'speed');
    speed.append(...speeds.map((each) => made('option', { value: String(each), textContent: `${each}/s` })));
    speed.value = String(speeds[Math.floor((speeds.length - 1) / 2)]);
    group.append(made('span', { textContent: label }), back, play, next, input, output, ...(speeds.length > 1 ? [speed] : []));

    const at = (): number => this.held.state[key] as number;
    const go = (to: number): void => this.change(key, Math.max(0, Math.min(count() - 1, to)));
    let timer: ReturnType<typeof setInterval> | undefined;
    const playing = (on: boolean): void => {
      clearInterval(timer);
      timer = on ? setInterval(() => (at() >= count() - 1 || !group.isConnected ? playing(false) : go(at() + 1)), 1000 / Number(speed.value)) : undefined;
      play.textContent = on ? '❚❚' : '▶';
      play.title = on ? 'pause' : 'play';
      play.setAttribute('aria-label', play.title);
    };
    playing(false);
    play.addEventListener('click', () => {
      const start = timer === undefined;
      if (start && at() >= count() - 1) go(0);
      playing(start);
    });
    speed.addEventListener('change', () => timer !== undefined && playing(true));
    for (const [button, step] of [[back, -1], [next, 1]] as const) {
      button.addEventListener('click', () => {
        playing(false);
        go(at() + step);
      });
    }
    input.addEventListener('input', () => {
      playing(false);
      go(Number(input.value));
    });
    this.add(group, shown, (state) => {
      input.max = String(count() - 1);
      input.value = String(at());
      output.textContent = text?.(at(), state) ?? `${at() + 1} of ${count()}`;
      input.setAttribute('aria-valuetext', output.textContent);
    });
  }

  private change(key: keyof State, value: unknown): void {
    this.held.set({ [key]: value } as Partial<State>);
  }

  private add(element: HTMLElement, shown: Common<State>['shown'], update: (state: State) => void): void {
    this.element.append(element);
    this.updates.push((state) => {
      element.style.display = !shown || shown(state) ? '' : 'none';
      update(state);
    });
  }
}

export function made<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]> = {}): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

/** The input with its label before it; what follows the input is no part of its name. */
function labelled(text: string, input: HTMLElement, ...rest: HTMLElement[]): HTMLLabelElement {
  const label = made('label');
  input.setAttribute('aria-label', text);
  label.append(made('span', { textContent: text }), input, ...rest);
  return label;
}

const same = <T>(a: readonly Choice<T>[], b: readonly Choice<T>[]): boolean => a.length === b.length && a.every((each, at) => each.text === b[at].text && each.value === b[at].value);
