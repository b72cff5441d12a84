import { services } from '../../src/services/catalogue.ts';
import { servicesByDefault } from '../../src/services/choice.ts';
import { callsOfEmptyRegion } from '../../src/services/empty-region.ts';
import { code, markdownTable } from './markdown.ts';

/** What a region without keys takes for the tables of keys, whatever services are chosen: keys of others are listed apart. */
export const keyCallsOfEmptyRegion: readonly string[] = [
  'kms:DescribeCustomKeyStores',
  'kms:ListAliases',
  'kms:ListKeys',
  'kms:ListKeys',
];

/** Of the organization that is reckoned with. */
export const accounts = 2_000;
export const regions = 17;
/** Until AWS answers, and calls that are in flight at once. */
const secondsOfCall = 0.15;
const inFlight = 256;

/** What the network takes at least for so many calls, in seconds. */
export const leastSeconds = (calls: number): number => (calls * secondsOfCall) / inFlight;

/** What each choice of services costs where there is nothing. */
export function costsOfChoices(): string {
  const keysAlone = row('no table of resources', []);
  const all = row(`all: ${code('["*"]')}`, services);
  const single = services.map((name) => row(code(`[${name}]`), [name]));
  return markdownTable(
    ['`resource_services`', 'Calls', 'With the tables of keys', 'At least'],
    [keysAlone, row('by default', servicesByDefault), all, ...single],
  );
}

function row(choice: string, chosen: readonly string[]): string[] {
  const calls = callsOfEmptyRegion(chosen).length;
  const all = calls + keyCallsOfEmptyRegion.length;
  return [choice, String(calls), String(all), duration(all)];
}

function duration(callsOfRegion: number): string {
  const seconds = Math.round(leastSeconds(accounts * regions * callsOfRegion));
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
