import type { MessagePort } from 'node:worker_threads';
import type { Dispatcher } from 'undici';
import type { Stoppable } from '../host-connections.ts';
import {
  atOnce,
  type FromThread,
  type ThreadAnswer,
  type ThreadFailure,
  type ThreadRequest,
  type ToThread,
  writtenError,
} from './messages.ts';

/** A request that is being made. */
interface Running {
  readonly signal: { aborted: boolean };
  controller: Dispatcher.DispatchController | null;
}

/** The thread's side: makes the requests that it is told of, and tells their answers, many at once. */
export function serveHttp(port: MessagePort, dispatcher: Dispatcher): void {
  const running = new Map<number, Running>();
  let answers: ThreadAnswer[] = [];
  let bodies: Buffer[] = [];
  let failures: ThreadFailure[] = [];
  let willTell = false;

  function tell(): void {
    willTell = false;
    if (answers.length + failures.length === 0) return;
    const all = ownBytes(bodies);
    const told: FromThread = { answers, bodies: all, failures };
    port.postMessage(told, [all]);
    answers = [];
    bodies = [];
    failures = [];
  }

  function end(id: number): void {
    running.delete(id);
    if (answers.length >= atOnce) tell();
    else if (!willTell) {
      willTell = true;
      setImmediate(tell);
    }
  }

  function make({ id, ...request }: ThreadRequest): void {
    const made: Running = { signal: { aborted: false }, controller: null };
    running.set(id, made);
    let statusCode = 0;
    let headers: ThreadAnswer['headers'] = {};
    const chunks: Buffer[] = [];
    const options: Stoppable = { ...request, signal: made.signal } as Stoppable;
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        made.controller = controller;
        if (made.signal.aborted) controller.abort(stopped());
      },
      onResponseStart(_controller, status, received) {
        statusCode = status;
        headers = received;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        answers.push({ id, statusCode, headers, length });
        bodies.push(...chunks);
        end(id);
      },
      onResponseError(_controller, error) {
        failures.push({ id, error: writtenError(error) });
        end(id);
      },
    });
  }

  port.on('message', ({ requests, stopped: ids }: ToThread) => {
    for (const request of requests) make(request);
    for (const id of ids) {
      const made = running.get(id);
      if (made === undefined) continue;
      made.signal.aborted = true;
      made.controller?.abort(stopped());
    }
  });
}

const stopped = () => new Error('the request was stopped');

/** In memory of their own, which can be given away. */
function ownBytes(parts: readonly Buffer[]): ArrayBuffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}
