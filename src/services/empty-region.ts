import { sorts } from './catalogue.ts';
import { callsOf } from './operations.ts';

/** The calls that a region takes without any resource of some services, one entry for each call. */
export function callsOfEmptyRegion(services: readonly string[]): readonly string[] {
  return sorts
    .filter(({ service }) => services.includes(service))
    .flatMap((sort) => sort.whenEmpty ?? callsOf(sort).slice(0, 1))
    .sort();
}
