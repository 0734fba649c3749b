/** What a pickle may ask for: everything that is not listed here is refused by name. */
export interface PickleRules {
  /** `module.name` -> what calling it gives. */
  names: Record<string, (...args: unknown[]) => unknown>;
  /** What a persistent id stands for. */
  persistent: (id: unknown) => unknown;
}

/** A name the pickle mentioned; it does nothing until it is called. */
class Name {
  constructor(
    readonly text: string,
    readonly call: (...args: unknown[]) => unknown,
  ) {}
}

const mark = Symbol('mark');

/**
 * Reads one pickle of protocol 2 and gives its value and where it ends. Dictionaries come as `Map`, tuples as arrays.
 * It knows only the instructions that plain data and tensors need, and only the names in `rules`: a pickle is a program, and this one must not run.
 */
export function readPickle(bytes: Buffer, start: number, rules: PickleRules): { value: unknown; end: number } {
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let at = start;

  const take = (count: number): number => {
    if (at + count > bytes.length) throw new Error(`the pickle is cut short at byte ${bytes.length}`);
    at += count;
    return at - count;
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw new Error(`the pickle is cut short at byte ${bytes.length}`);
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const pop = (): unknown => {
    if (!stack.length) throw new Error(`the pickle takes a value that is not there, at byte ${at - 1}`);
    return stack.pop();
  };
  const popTo = (): unknown[] => {
    const from = stack.lastIndexOf(mark);
    if (from < 0) throw new Error(`the pickle has no mark to go back to, at byte ${at - 1}`);
    return stack.splice(from).slice(1);
  };
  const tuple = (length: number): void => void stack.push(Array.from({ length }, pop).reverse());
  const recall = (key: number): void => {
    if (!memo.has(key)) throw new Error(`the pickle refers to a value it never stored, at byte ${at - 1}`);
    stack.push(memo.get(key));
  };
  const top = <T>(kind: new () => T, what: string): T => {
    const value = stack[stack.length - 1];
    if (!(value instanceof kind)) throw new Error(`the pickle adds to something that is not a ${what}, at byte ${at - 1}`);
    return value;
  };
  const setItems = (items: unknown[]): void => {
    const into = top<Map<unknown, unknown>>(Map, 'dictionary');
    for (let i = 0; i < items.length; i += 2) into.set(items[i], items[i + 1]);
  };
  const name = (module: string, item: string): void => {
    const text = `${module}.${item}`;
    if (!Object.hasOwn(rules.names, text)) {
      throw new Error(`the pickle asks for ${JSON.stringify(text)}, which is not run; it may use only ${Object.keys(rules.names).join(', ')}`);
    }
    stack.push(new Name(text, rules.names[text]));
  };
  const reduce = (): void => {
    const args = pop();
    const callee = pop();
    if (!(callee instanceof Name) || !Array.isArray(args)) throw new Error(`the pickle calls something that is not a name, at byte ${at - 1}`);
    stack.push(callee.call(...args));
  };

  for (;;) {
    const code = bytes[take(1)];
    switch (String.fromCharCode(code)) {
      case '\x80': take(1); break; // protocol
      case '.': return { value: pop(), end: at };
      case '(': stack.push(mark); break;
      case 'N': stack.push(null); break;
      case '\x88': stack.push(true); break;
      case '\x89': stack.push(false); break;
      case 'K': stack.push(bytes[take(1)]); break;
      case 'M': stack.push(bytes.readUInt16LE(take(2))); break;
      case 'J': stack.push(bytes.readInt32LE(take(4))); break;
      case 'G': stack.push(bytes.readDoubleBE(take(8))); break;
      case '\x8a': stack.push(longInteger(bytes, take, bytes[take(1)])); break;
      case 'X': {
        const length = bytes.readUInt32LE(take(4));
        const from = take(length);
        stack.push(bytes.toString('utf8', from, from + length));
        break;
      }
      case '}': stack.push(new Map()); break;
      case ']': stack.push([]); break;
      case ')': stack.push([]); break;
      case 't': stack.push(popTo()); break;
      case '\x85': tuple(1); break;
      case '\x86': tuple(2); break;
      case '\x87': tuple(3); break;
      case 'q': memo.set(bytes[take(1)], stack[stack.length - 1]); break;
      case 'r': memo.set(bytes.readUInt32LE(take(4)), stack[stack.length - 1]); break;
      case 'h': recall(bytes[take(1)]); break;
      case 'j': recall(bytes.readUInt32LE(take(4))); break;
      case 'a': { const item = pop(); top<unknown[]>(Array, 'list').push(item); break; }
      case 'e': { const items = popTo(); top<unknown[]>(Array, 'list').push(...items); break; }
      case 's': { const value = pop(); setItems([pop(), value]); break; }
      case 'u': setItems(popTo()); break;
      case 'c': name(line(), line()); break;
      case 'R': reduce(); break;
      case 'b': pop(); break; // state of an OrderedDict: only the versions of the modules
      case 'Q': stack.push(rules.persistent(pop())); break;
      default: throw new Error(`the pickle holds instruction 0x${code.toString(16)} at byte ${at - 1}, which is not run`);
    }
  }
}

function longInteger(bytes: Buffer, take: (count: number) => number, length: number): bigint {
  const from = take(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[from + i]);
  return BigInt.asIntN(length * 8, value);
}
