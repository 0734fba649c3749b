import type { Dispatcher } from 'undici';

export interface Answer {
  /** Where in the file the body begins: 0, or the byte asked for. */
  from: number;
  /** Bytes of the whole file, when the server tells. */
  total: number | undefined;
  /** What changes when the file does (ETag or date), when the server tells. */
  version: string | undefined;
  body: AsyncIterable<Uint8Array>;
}

/** A server's answer that is not the file. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    statusText: string,
  ) {
    super(`the server answered ${status} ${statusText}`.trimEnd());
  }

  /** Whether another try may help; after 416 (what we have does not fit the file any more) one that begins anew. */
  get isPassing(): boolean {
    return this.status >= 500 || [408, 416, 425, 429].includes(this.status);
  }
}

let agent: Dispatcher | undefined;

/** undici, loaded at the first use: most sessions download nothing. */
async function client(): Promise<{ fetch: typeof import('undici').fetch; dispatcher: Dispatcher }> {
  const { fetch, EnvHttpProxyAgent } = await import('undici');
  agent ??= new EnvHttpProxyAgent({ connect: { timeout: 15_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });
  return { fetch, dispatcher: agent };
}

/** What changes when the file on the server does, from its headers alone; undefined when the server does not tell. */
export async function versionOf(url: string, signal?: AbortSignal): Promise<string | undefined> {
  const { fetch, dispatcher } = await client();
  const { ok, headers } = await fetch(url, { method: 'HEAD', signal, dispatcher });
  return ok ? (headers.get('etag') ?? headers.get('last-modified') ?? undefined) : undefined;
}

/** Asks for a file, from a byte on when `from` is not 0. Follows redirects and honours HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export async function get(url: string, { from = 0, version, signal }: { from?: number; version?: string; signal?: AbortSignal } = {}): Promise<Answer> {
  const { fetch, dispatcher } = await client();
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from) headers.range = `bytes=${from}-`;
  if (from && version) headers['if-range'] = version;
  const response = await fetch(url, { headers, signal, dispatcher });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Refused(response.status, response.statusText);
  }
  const range = response.status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)/.exec(response.headers.get('content-range') ?? '') : null;
  const length = response.headers.get('content-length');
  const etag = response.headers.get('etag');
  return {
    from: range ? Number(range[1]) : 0,
    total: range ? numberOr(range[2]) : numberOr(length),
    // A weak tag promises the same meaning, not the same bytes.
    version: (etag?.startsWith('W/') ? undefined : etag) ?? response.headers.get('last-modified') ?? undefined,
    body: response.body as unknown as AsyncIterable<Uint8Array>,
  };
}

const numberOr = (text: string | null): number | undefined => (text && /^\d+$/.test(text) ? Number(text) : undefined);
