import { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { endWhenSilent } from '../../src/cloudquery/silent-clients.ts';

type Answer = (error: Error | null) => void;

/** As much of Node's session as is asked: a client that says nothing until a test lets it. */
class Session extends EventEmitter {
  silence = 0;
  isDestroyed = false;
  answers: Answer[] = [];
  /** Node refuses a ping where too many are open, or the session ends. */
  takesPings = true;

  setTimeout(milliseconds: number): void {
    this.silence = milliseconds;
  }

  ping(answer: Answer): boolean {
    if (this.takesPings) this.answers.push(answer);
    return this.takesPings;
  }

  destroy(): void {
    if (this.isDestroyed) return;
    this.isDestroyed = true;
    this.emit('close');
  }
}

let session: Session;
beforeEach(() => {
  vi.useFakeTimers();
  session = new Session();
  endWhenSilent(session as unknown as ServerHttp2Session);
});
afterEach(() => {
  // Nothing waits for a connection that has answered or ended.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Nothing came or went for as long as the session was told to wait. */
const fallSilent = () => session.emit('timeout');

describe('a client that is silent', () => {
  test('is asked after 10 s, and not before', () => {
    expect([session.silence, session.answers]).toEqual([10_000, []]);
    fallSilent();
    expect(session.answers).toHaveLength(1);
    session.destroy();
  });

  test.each([0, 4_999, 14_999])('stays where it answers within %d ms, each time that it is asked', (wait) => {
    for (const asked of [1, 2, 3]) {
      fallSilent();
      vi.advanceTimersByTime(wait);
      expect(session.answers).toHaveLength(asked);
      session.answers.at(-1)?.(null);
      vi.advanceTimersByTime(60_000);
    }
    expect(session.isDestroyed).toBe(false);
    // Rows of a slow sync may be apart for hours: what is remembered of a connection does not grow.
    expect(session.listenerCount('close')).toBe(1);
  });

  test('is gone where it has not answered for three times 5 s', () => {
    fallSilent();
    vi.advanceTimersByTime(14_999);
    expect(session.isDestroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(session.isDestroyed).toBe(true);
  });

  test('is gone by then, too, where rows are sent to it meanwhile', () => {
    fallSilent();
    vi.advanceTimersByTime(11_000);
    fallSilent();
    vi.advanceTimersByTime(4_000);
    expect([session.isDestroyed, session.answers.length]).toEqual([true, 1]);
  });

  test('is gone where asking fails', () => {
    fallSilent();
    session.answers.at(-1)?.(new Error('the socket was reset'));
    expect(session.isDestroyed).toBe(true);
  });

  test('is gone where it cannot even be asked', () => {
    session.takesPings = false;
    fallSilent();
    expect(session.isDestroyed).toBe(true);
  });

  test('may end by itself meanwhile', () => {
    fallSilent();
    session.emit('close');
    vi.advanceTimersByTime(60_000);
    expect(session.isDestroyed).toBe(false);
  });
});
