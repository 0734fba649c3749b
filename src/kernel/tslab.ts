import { createRequire } from 'node:module';
import { globalSlot } from '../globalSlot';
import type { TypeScript } from './shorthands';

/** The parts of tslab 1.0.22 that the kernel puts right. tslab has them, but does not document them. */
export interface Tslab {
  jupyter: { ZmqServer: { prototype: Server }; JupyterHandlerImpl: { prototype: Handler }; lastWriteDisplayData: unknown };
  executor: { createExecutor: CreateExecutor };
  public: { versions: { typescript: string } };
  typescript: TypeScript;
  main: { startKernel(options: { configPath: string; enableFindLocal: boolean; jsKernel: boolean }): void };
}

export interface Socket {
  sendTimeout: number;
  sendHighWaterMark: number;
}

export interface Message {
  header: { msg_type: string };
  content: unknown;
  createReply(): Message;
  signAndSend(key: string, socket: Socket): void;
}

export interface Server {
  iopub: Socket;
  shell: Socket;
  control: Socket;
  connInfo: { key: string };
  bindSocket(socket: Socket, port: number): Promise<void>;
  publishStatus(status: string, parent: Message): void;
  handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void>;
  handleExecute(socket: Socket, message: Message): Promise<void>;
  handleCommInfoRequest(socket: Socket, message: Message): void;
  close(): void;
}

export interface ExecuteRequest {
  code: string;
  stop_on_error?: boolean;
}

export interface ExecuteReply {
  status: string;
  execution_count?: number;
}

type Writers = [writeStream: (name: string, text: string) => void, writeDisplayData: (data: object, update: boolean) => void];

export interface Handler {
  execCount: number;
  executor: Executor;
  handleKernel(): { language_info: { version: string } };
  handleExecute(request: ExecuteRequest, ...writers: Writers): Promise<ExecuteReply>;
  handleExecuteImpl(request: ExecuteRequest, ...writers: Writers): Promise<unknown>;
}

/** What a failed cell tells the front end, in Jupyter's own terms. */
export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

export interface Executor {
  execute(source: string): Promise<boolean>;
  interrupt(): void;
  /** Why the last cell failed; only our own executor knows. */
  failure?(): Failure | undefined;
}

export interface ExecutorConsole {
  log(value: unknown): void;
  error(...parts: unknown[]): void;
}

/** Turns cells into JavaScript. */
export interface Converter {
  convert(previous: string, source: string): { output?: string };
}

export interface Converters {
  readonly node: Converter;
}

export type CreateExecutor = (rootDir: string, converters: Converters, console: ExecutorConsole) => Executor;

const ours = globalSlot<boolean>('kernel');

/** Remembers that this process runs our kernel, so that the library leaves it alone. */
export const markKernel = (): void => ours.set(true);

export const isOurKernel = (): boolean => ours.get() === true;

/** Every copy of tslab's jupyter.js that is loaded: a global tslab may have loaded its own before the local one. */
export function loadedJupyters(): Tslab['jupyter'][] {
  const { cache } = createRequire(__filename);
  return Object.entries(cache).flatMap(([file, module]) => (module && /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file) ? [module.exports as Tslab['jupyter']] : []));
}
