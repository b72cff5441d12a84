import { demo } from '../lab/aws/organizations/demo.ts';
import { known } from '../src/aws/fact.ts';
import { accessToKey } from '../src/posture/access/key-access.ts';
import { print } from './print.ts';

/** What judging one key's policy costs once the code is warm: every policy of the demo organization, many times over. */
export async function policy(): Promise<void> {
  const { accounts, managementAccountId } = demo();
  const knowledge = {
    organizationId: 'o-demo0lab01',
    memberAccountIds: new Set(accounts.keys()),
    knownAccounts: {},
  };
  const times: number[] = [];
  for (const turn of Array.from({ length: 400 }, (_, index) => index)) {
    for (const account of accounts.values()) {
      for (const [region, { keys }] of account.regions) {
        for (const key of keys.after(undefined, 1000)) {
          const scope = { accountId: account.id, accountName: null, region, partition: 'aws' };
          // A text that was not seen before: the reader's memory of recent policies must not help.
          const text = key.policy
            .replace(/\}$/, `,"Id":"turn-${turn}"}`)
            .replace(/"Id":"[^"]*",(.*)"Id"/s, '$1"Id"');
          const start = performance.now();
          accessToKey(
            {
              scope,
              arn: key.metadata.Arn,
              metadata: { state: 'not_asked' },
              policy: known(text),
              ramPolicy: known(null),
              grants: known([]),
            },
            knowledge,
          );
          times.push((performance.now() - start) * 1000);
        }
      }
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)];
  print(`One key policy read and judged (${times.length} policies, seen from ${managementAccountId})`, [
    { 'median µs': at(0.5), 'p90 µs': at(0.9), 'p99 µs': at(0.99), 'goal µs': 50 },
  ]);
}
