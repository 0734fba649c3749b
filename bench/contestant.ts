import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import readline from 'node:readline';

/** What a process says of itself when it is ready. */
export interface About {
  /** Names and versions. */
  software: Record<string, string>;
  notes: string[];
  /** Of the input, to see that all have the same network. */
  logits: number[];
  /** `'column row'`: what it can run. */
  methods: string[];
}

/** A warm process that runs one method at a time and tells the milliseconds, measured inside. */
export class Contestant {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    private readonly last: () => string,
    readonly about: About,
  ) {}

  static async start(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Contestant> {
    const child = spawn(command, args, { env });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
    const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const last = (): string => `${[command, ...args].join(' ')} ended${child.signalCode ? ` by ${child.signalCode} (memory? all together take about 14 GB)` : ''}:\n${complaint}`;
    return new Contestant(child, lines, last, await answer<About>(lines, last));
  }

  /** Milliseconds of one run; writes its map to a file where one is named. */
  async run(method: string, map: string | null = null): Promise<number> {
    this.child.stdin.write(`${JSON.stringify({ run: method, map })}\n`);
    const { ms, error } = await answer<{ ms: number; error?: string }>(this.lines, this.last);
    if (error) throw new Error(`${method}: ${error}`);
    return ms;
  }

  stop(): void {
    this.child.stdin.end();
    this.child.kill();
  }
}

/** The next line that is an answer: libraries greet on standard output too. */
async function answer<T>(lines: AsyncIterator<string>, last: () => string): Promise<T> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(last());
    if (value.startsWith('{')) return JSON.parse(value) as T;
  }
}
