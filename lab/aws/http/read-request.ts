import type { HttpRequest } from '../protocol/wire.ts';

/** A request at the beginning of what has arrived. */
export interface ReadRequest {
  readonly request: HttpRequest;
  /** Where the next one begins. */
  readonly end: number;
}

/** What is there is no request, or one that no client of AWS sends. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/**
 * HTTP/1.1 as clients of AWS send it: a body has a length. Node's own server costs several times what the simulator
 * needs to answer, and then the simulator is what a bench measures.
 * @returns null: the head has not arrived whole; 'body': the head has, the body has not
 * @throws Unreadable
 */
export function readRequest(arrived: Buffer): ReadRequest | 'body' | null {
  const headEnd = arrived.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const head = arrived.toString('latin1', 0, headEnd);
  const lineEnd = endOfLine(head, 0);
  const [method = '', target = '', version] = head.slice(0, lineEnd).split(' ');
  if (version !== 'HTTP/1.1') throw new Unreadable('the first line is not that of an HTTP/1.1 request');
  const headers = readHeaders(head, lineEnd + 2);
  if (headers['transfer-encoding'] !== undefined) throw new Unreadable('the body has no length');
  const start = headEnd + 4;
  const end = start + Number(headers['content-length'] ?? 0);
  if (Number.isNaN(end)) throw new Unreadable('the length of the body is no number');
  if (end > arrived.length) return headers.expect === undefined ? null : 'body';
  const mark = target.indexOf('?');
  const request: HttpRequest = {
    method,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
    body: arrived.subarray(start, end),
  };
  return { request, end };
}

/** By their names in small letters; those that come twice are one list, as Node has them. */
function readHeaders(head: string, from: number): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let start = from; start < head.length; ) {
    const end = endOfLine(head, start);
    const colon = head.indexOf(':', start);
    if (colon === -1 || colon > end) throw new Unreadable('a header has no colon');
    const name = head.slice(start, colon).toLowerCase();
    const value = head.slice(colon + 1, end).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
    start = end + 2;
  }
  return headers;
}

function endOfLine(head: string, from: number): number {
  const end = head.indexOf('\r\n', from);
  return end === -1 ? head.length : end;
}
