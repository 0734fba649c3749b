import path from 'node:path';
import { Refused } from './http';

/** Thrown when the bytes that came are not the file that was published. */
export class WrongBytes extends Error {}

type Coded = Error & { code?: string; cause?: unknown };

/** The code of the error or of what caused it (ENOSPC, ECONNREFUSED, ...). */
export function codeOf(error: unknown): string | undefined {
  for (let each = error as Coded | undefined; each instanceof Error; each = each.cause as Coded | undefined) {
    if (each.code) return String(each.code);
    const inner = (each as AggregateError).errors?.[0] as Coded | undefined;
    if (inner?.code) return inner.code;
  }
  return undefined;
}

const diskCodes = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EFBIG'];

export const isDiskFailure = (error: unknown): boolean => diskCodes.includes(codeOf(error) ?? '');

/** Whether another try may help. */
export const isPassing = (error: unknown): boolean => error instanceof Refused ? error.isPassing : !isDiskFailure(error);

/** One line that says what failed and what a person can do. */
export function failure(error: unknown, { label, url, to, megabytes }: { label: string; url: string; to: string; megabytes?: number }): Error {
  const code = codeOf(error);
  const size = megabytes ? ` (${Math.ceil(megabytes)} MB)` : '';
  const folder = path.dirname(to);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Error(`${label}: the disk is full, ${folder} has no room for it${size}; free some or set CONVLENS_CACHE to another folder`, { cause: error });
  }
  if (isDiskFailure(error)) return new Error(`${label}: cannot write to ${folder} (${code}); set CONVLENS_CACHE to a folder that can be written`, { cause: error });
  if (error instanceof WrongBytes) return new Error(`${label}: ${error.message}; nothing was kept (from ${url})`, { cause: error });
  const why = code ? `${plain[code] ?? 'the connection failed'}, ${code}` : rootOf(error).message;
  return new Error(`${label} could not be downloaded from ${url} (${why}); try again, or put the file at ${to} by hand`, { cause: error });
}

/** What fetch wraps as 'fetch failed'. */
const rootOf = (error: unknown): Error => ((error as Coded).cause instanceof Error ? rootOf((error as Coded).cause) : (error as Error));

const plain: Record<string, string> = {
  ENOTFOUND: 'no network or no such host',
  EAI_AGAIN: 'no network',
  ENETUNREACH: 'no network',
  ECONNREFUSED: 'the host refuses connections',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'no answer; behind a proxy set HTTPS_PROXY',
  UND_ERR_HEADERS_TIMEOUT: 'no answer',
  UND_ERR_BODY_TIMEOUT: 'the server fell silent',
  SELF_SIGNED_CERT_IN_CHAIN: 'the network puts its own certificate in; set NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the network puts its own certificate in; set NODE_EXTRA_CA_CERTS',
};
