import { Admission } from '../../src/aws/admission.ts';
import { Requests } from '../../src/aws/requests.ts';
import type { Turns } from '../../src/enumerate/enumerator.ts';
import { KeysAhead } from '../../src/enumerate/keys-ahead.ts';
import type { RamHistory } from '../../src/enumerate/ram-shares.ts';
import { Scopes } from '../../src/enumerate/scopes.ts';
import type { Log } from '../../src/log.ts';
import type { Simulated } from '../aws/simulated.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** As those of a sync that has as much room as it may want. */
const admission = new Admission(new Requests(1_000));
export const turns: Turns = {
  keys: admission.lane(1_000),
  ahead: new KeysAhead(1_000),
  things: admission.lane(1_000),
};

/** The ways into accounts of a simulated organization, each with its own credentials; none into `closed` ones. */
export async function scopesOf(
  simulated: Simulated,
  closed: readonly string[] = [],
  ramHistory?: RamHistory,
): Promise<Scopes> {
  const sessions = new Map(
    await Promise.all(
      [...simulated.simulator.organization.accounts.keys()]
        .filter((id) => !closed.includes(id))
        .map(async (id) => [id, await simulated.aws.session(simulated.as(id))] as const),
    ),
  );
  const asking = simulated.simulator.organization.accounts.keys();
  return new Scopes(simulated.aws, (id) => sessions.get(id) ?? null, silent, asking, undefined, ramHistory);
}
