import { parseArgs } from 'node:util';
import { hint, shown } from '../check';

/** A mistake on the command line: exit code 2, where work that failed has 1. */
export class UsageError extends Error {}

/** A command: what it says of itself, and what it does with the words after its name. */
export interface Command {
  /** One line of the list of commands. */
  summary: string;
  help: string;
  /** Gives the exit code. */
  run(words: string[]): Promise<number>;
}

type Options = Record<string, { type: 'boolean' | 'string'; multiple?: boolean }>;

type Value<O extends Options[string]> = O extends { multiple: true } ? string[] : O extends { type: 'string' } ? string : boolean;

/** What was typed: options by name, the other words, and those behind `--`. */
export interface Typed<O extends Options> {
  values: { [K in keyof O]?: Value<O[K]> };
  words: string[];
  rest: string[];
}

/** Reads a command's words; an option that it does not have, or one without its value, is a UsageError of one line. `most` bounds the other words. */
export function typed<const O extends Options>(command: string, args: string[], options: O, most: number): Typed<O> {
  const { values, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const names = Object.keys(options).map((name) => `--${name}`);
  const words: string[] = [];
  const rest: string[] = [];
  let behind = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') behind = true;
    else if (token.kind === 'positional') (behind ? rest : words).push(token.value);
    else {
      const option = options[token.name];
      if (!option) throw new UsageError(`convlens ${command} has no option ${JSON.stringify(token.rawName)}${hint(token.rawName, names)}`);
      // What looks like an option is not taken for a value, unless it stands behind `=`.
      if (option.type === 'string' && (!token.value || (!token.inlineValue && token.value.startsWith('-')))) throw new UsageError(`${token.rawName} needs a value; npx convlens ${command} --help`);
      if (option.type === 'boolean' && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value, got ${shown(token.value)}`);
    }
  }
  if (words.length > most) throw new UsageError(`too many words for convlens ${command}: ${words.slice(most).join(' ')}; npx convlens ${command} --help`);
  return { values: values as Typed<O>['values'], words, rest };
}
