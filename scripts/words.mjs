import { parseArgs } from 'node:util';

/** The options that a script was called with, or undefined when one is unknown, which is told. */
export function given(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(error.message);
    return undefined;
  }
}
