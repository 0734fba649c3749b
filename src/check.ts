import { closest, distance } from 'fastest-levenshtein';

/** A value as an error message shows it: short, on one line. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a Promise (is an await missing before it?)';
  if (value && typeof value === 'object' && !Array.isArray(value)) return kindOf(value);
  const text = Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function kindOf(value: object): string {
  // The bundler calls a class that names itself `_Image`.
  const name = (value.constructor?.name ?? 'Object').replace(/^_/, '');
  if (name === 'Object') return 'an object';
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The name among `choices` that is nearest to a mistyped one, or undefined when none is near. */
export function nearest(name: string, choices: readonly string[]): string | undefined {
  if (!choices.length) return undefined;
  const folded = choices.map((choice) => choice.toLowerCase());
  const wanted = name.toLowerCase();
  const word = folded.findIndex((choice) => choice.split(/[^\p{L}\p{N}]+/u).includes(wanted));
  if (word >= 0) return choices[word];
  const inside = folded.findIndex((choice) => wanted.length > 2 && choice.includes(wanted));
  if (inside >= 0) return choices[inside];
  const found = closest(wanted, folded);
  return distance(wanted, found) <= Math.max(2, found.length / 2) ? choices[folded.indexOf(found)] : undefined;
}

/** `; did you mean "x"?`, or the choices when none is near and they are few. */
export function hint(name: string, choices: readonly string[]): string {
  return nearHint(name, choices) || (choices.length && choices.length <= 12 ? `; choices: ${choices.join(', ')}` : '');
}

/** One of a few words, or a RangeError that lists them. */
export function oneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new RangeError(`${name} must be ${listed(choices)}, got ${shown(value)}${typeof value === 'string' && choices.length > 3 ? nearHint(value, choices) : ''}`);
}

const nearHint = (value: string, choices: readonly string[]): string => {
  const near = nearest(value, choices);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
};

const listed = (choices: readonly string[]): string =>
  choices.length === 1 ? choices[0] : `${choices.slice(0, -1).join(', ')} or ${choices[choices.length - 1]}`;

/** A number that is neither NaN nor infinite. */
export function finite(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a finite number, got ${shown(value)}`);
}

/** A finite number from `low` to `high` (without end unless told), both allowed. */
export function between(name: string, value: unknown, low: number, high = Infinity): number {
  if (Number.isFinite(value) && (value as number) >= low && (value as number) <= high) return value as number;
  throw new RangeError(`${name} must be a number ${high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`}, got ${shown(value)}`);
}

/** A whole number from `low` (1 unless told) to `high`. */
export function whole(name: string, value: unknown, low = 1, high = Infinity): number {
  if (Number.isInteger(value) && (value as number) >= low && (value as number) <= high) return value as number;
  const range = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
  throw new RangeError(`${name} must be a whole number ${range}, got ${shown(value)}`);
}

/** Refuses option names that nothing reads, so that a typing error is not silently ignored. */
export function knownOptions(method: string, options: object | undefined, names: readonly string[]): void {
  if (options === undefined) return;
  // An image or a map in the place of the options is taken for none.
  if (options === null || typeof options !== 'object' || Array.isArray(options) || (options.constructor?.name ?? 'Object') !== 'Object') {
    throw new TypeError(`${method} takes its options as an object, got ${shown(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new TypeError(`${method} has no option ${JSON.stringify(name)}${nearHint(name, names) || `; it has: ${names.join(', ')}`}`);
  }
}

/** True or false. */
export function truth(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`${name} must be true or false, got ${shown(value)}`);
}
