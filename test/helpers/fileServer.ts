import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  bytes: Buffer;
  /** Answers this many requests with 503 first. */
  busy?: number;
  /** The first answers break off after so many bytes, one entry each. */
  breakAfter?: number[];
  /** Declares this length instead of the true one. */
  declared?: number;
  /** Whether ranges are served. Default true. */
  ranges?: boolean;
  etag?: string;
  /** Milliseconds between pieces of 64 kB. */
  pause?: number;
}

export interface FileServer {
  url: string;
  /** `GET /file bytes=10-`, in order. */
  log: string[];
  files: Record<string, Served>;
  close(): Promise<void>;
}

/** A server on loopback that can lie: cut answers short, be busy, break off. */
export async function fileServer(files: Record<string, Served>): Promise<FileServer> {
  const log: string[] = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url as string, 'http://localhost');
    log.push(`${request.method} ${pathname} ${request.headers.range ?? ''}`.trim());
    const served = files[decodeURIComponent(pathname)];
    if (!served) return void response.writeHead(404).end();
    if (served.busy) {
      served.busy--;
      return void response.writeHead(503).end();
    }
    void answer(request, response, served);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    files,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse, served: Served): Promise<void> {
  const { bytes, declared, ranges = true, etag, pause = 0 } = served;
  const asked = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
  const from = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag ? 0 : asked;
  const headers: http.OutgoingHttpHeaders = { 'content-length': declared ?? bytes.length - from };
  if (etag) headers.etag = etag;
  if (from) headers['content-range'] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(from ? 206 : 200, headers);
  if (request.method === 'HEAD') return void response.end();
  const end = from + (served.breakAfter?.shift() ?? bytes.length);
  for (let at = from; at < Math.min(end, bytes.length); at += 65536) {
    response.write(bytes.subarray(at, Math.min(at + 65536, end)));
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  // A write that is still on its way must arrive before the break.
  if (end < bytes.length || declared) setTimeout(() => response.destroy(), 30);
  else response.end();
}
