type Callback = () => void;

/** Those who wait for one signal, in places that are used again and again. */
interface Waiting {
  readonly callbacks: Callback[];
  readonly free: number[];
}

const waiting = new WeakMap<AbortSignal, Waiting>();
const nobody: Callback = () => {};

/**
 * Calls back when the signal aborts, which it has not done yet. Returns what ends that, to be called once. An event
 * target goes through all of its listeners to add one and to remove it: hundreds, with one for each request in flight.
 */
export function onAbort(signal: AbortSignal, callback: Callback): () => void {
  const { callbacks, free } = waiting.get(signal) ?? listenTo(signal);
  const place = free.pop() ?? callbacks.length;
  callbacks[place] = callback;
  return () => {
    callbacks[place] = nobody;
    free.push(place);
  };
}

function listenTo(signal: AbortSignal): Waiting {
  const those: Waiting = { callbacks: [], free: [] };
  waiting.set(signal, those);
  const callAll = () => {
    for (const callback of those.callbacks) callback();
  };
  signal.addEventListener('abort', callAll);
  return those;
}
