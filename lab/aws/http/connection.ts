import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpAnswer, HttpRequest } from '../protocol/wire.ts';
import { type ReadRequest, readRequest, Unreadable } from './read-request.ts';

/** A request that arrived, and the way back. Exactly one of its three ends is taken. */
export interface Exchange {
  readonly request: HttpRequest;
  /** @param date what the answer's Date says, in milliseconds since 1970 */
  send(answer: HttpAnswer, date: number): void;
  /** Half of the body, then a reset. */
  sendHalf(answer: HttpAnswer, date: number): void;
  reset(): void;
}

export interface ConnectionOptions {
  /** Takes every request, one after the other. */
  readonly receive: (exchange: Exchange) => void;
  /** The last request is answered, or its connection is gone. */
  readonly ended: () => void;
  /** Beside the headers of the answers: `Keep-Alive: timeout=60` and the like, with line ends. */
  readonly extraHead: string;
}

/** Serves HTTP/1.1 on a connection, requests in turn. */
export function serveConnection(socket: Socket, { receive, ended, extraHead }: ConnectionOptions): void {
  let arrived: Buffer | null = null;
  let isAnswering = false;
  let isContinued = false;

  const end = () => {
    if (!isAnswering) return;
    isAnswering = false;
    ended();
  };
  const next = () => {
    if (isAnswering || arrived === null) return;
    const read = readOrReset(socket, arrived);
    if (read === null) return;
    if (read === 'body') {
      if (!isContinued) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      isContinued = true;
      return;
    }
    isContinued = false;
    arrived = read.end === arrived.length ? null : arrived.subarray(read.end);
    isAnswering = true;
    receive(exchange(read.request));
  };
  const exchange = (request: HttpRequest): Exchange => ({
    request,
    send(answer, date) {
      if (socket.destroyed) return;
      const head = headOf(answer, date, extraHead);
      socket.write(request.method === 'HEAD' ? head : head + answer.body);
      end();
      next();
    },
    sendHalf(answer, date) {
      const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
      socket.write(headOf(answer, date, extraHead) + half, () => reset(socket));
    },
    reset: () => reset(socket),
  });

  socket.on('data', (chunk: Buffer) => {
    arrived = arrived === null ? chunk : Buffer.concat([arrived, chunk]);
    next();
  });
  // A client that goes away is its own affair; 'close' follows.
  socket.on('error', () => {});
  socket.on('close', end);
}

function readOrReset(socket: Socket, arrived: Buffer): ReadRequest | 'body' | null {
  try {
    return readRequest(arrived);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    reset(socket);
    return null;
  }
}

/** Of what is under TLS, only the connection below can be reset. */
function reset(socket: Socket): void {
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

function headOf({ status, headers, body }: HttpAnswer, date: number, extraHead: string): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\nDate: ${dateText(date)}\r\n${extraHead}\r\n`;
}

let lastSecond = Number.NaN;
let lastText = '';

/** The same text for a whole second. */
function dateText(date: number): string {
  const second = Math.floor(date / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(date).toUTCString();
  }
  return lastText;
}
