import type { Dispatcher } from 'undici';
import { isUnknownName } from './host-names.ts';

/** A host that DNS does not know: no further try of the same sync will find it. */
export class MissingHost extends Error {
  readonly code = 'ENOTFOUND';

  constructor(hostname: string) {
    super(
      `DNS knows no host ${hostname}: AWS does not offer this service in the region, the address is wrong, or DNS does not work here`,
    );
  }
}

/**
 * Connections as one sync sees them: a host whose name does not exist is looked up for whoever comes first, and all
 * others that want it fail at once. Which services a region has is nowhere known before: AWS's lists of it lag behind.
 * A host that has answered in this sync exists, whatever DNS says now.
 */
export function rememberingMissingHosts(dispatcher: Dispatcher): Dispatcher {
  const missing = new Map<string, MissingHost>();
  const present = new Set<string>();

  function understand(error: Error, origin: string): Error {
    const { hostname } = new URL(origin);
    // The name of a proxy says nothing of the host behind it.
    if (present.has(origin) || !isUnknownName(error) || error.hostname !== hostname) return error;
    const found = missing.get(origin) ?? new MissingHost(hostname);
    missing.set(origin, found);
    return found;
  }

  return dispatcher.compose((dispatch) => (options, handler) => {
    const origin = String(options.origin);
    if (present.has(origin)) return dispatch(options, handler);
    const failure = missing.get(origin);
    if (failure !== undefined) {
      handler.onResponseError?.(noController, failure);
      return true;
    }
    return dispatch(options, {
      onRequestStart: (...heard) => handler.onRequestStart?.(...heard),
      onRequestUpgrade: (...heard) => handler.onRequestUpgrade?.(...heard),
      onResponseStart(...heard) {
        present.add(origin);
        handler.onResponseStart?.(...heard);
      },
      onResponseData: (...heard) => handler.onResponseData?.(...heard),
      onResponseEnd: (...heard) => handler.onResponseEnd?.(...heard),
      onResponseError: (controller, error) =>
        handler.onResponseError?.(controller, understand(error, origin)),
    });
  });
}

/** There is none for a request that is not made. */
const noController = null as unknown as Dispatcher.DispatchController;
