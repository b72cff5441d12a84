import { afterEach, describe, expect, it, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { AwsError } from '../../src/aws/error.ts';
import type { Walk } from '../../src/organization/plan.ts';
import type { Message } from '../../src/sync/message.ts';
import { Progress } from '../../src/sync/progress.ts';
import { keys } from '../../src/tables/keys.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const management = '100000000009';
const members = ['100000000001', '100000000002'];
const site = { operation: 'sts:AssumeRole', accountId: members[0] ?? null, region: 'us-east-1' };
const denied = new AwsError('assume_role_denied', 'AccessDenied', site);

/** As much of a walk as is told. */
function walkOf(accounts: number): Walk {
  const ids = Array.from({ length: accounts }, (_, index) => String(100000000000 + index));
  const plans = ids.map((id) => ({ account: { id }, wantedRegions: ['*'] }));
  const skipped = [{ skipReason: 'account_closed' }, { skipReason: 'not_selected' }, { skipReason: null }];
  return { accounts: skipped, plans, problems: [], listedBy: null } as unknown as Walk;
}

describe('a sync at work', () => {
  it('says every 10 s how far it is, and how long it takes by what is done', () => {
    vi.useFakeTimers({ now: 0 });
    const said: string[] = [];
    const log = { debug() {}, warn() {}, error() {}, info: (line: string) => void said.push(line) };
    const progress = new Progress(log, null);
    progress.begin(walkOf(3));
    expect(said.splice(0)).toEqual([
      'Accounts to read: 3; regions: all that are enabled; skipped: 1 account_closed, 1 not_selected; denied: 0',
    ]);
    progress.account(1_200, 2);
    progress.failed('100000000001', denied);
    progress.partDone();
    vi.advanceTimersByTime(10_000);
    expect(said.splice(0)).toEqual(['scopes 0 of at least 1,200, keys 0, 1 denied']);
    progress.account(800, 2);
    for (let part = 0; part < 999; part++) progress.partDone();
    const rows = Array.from({ length: 12_004 }, () => ({ cells: {}, parentId: null }));
    progress.count({ kind: 'insert', table: keys, rows, generation: 1, salt: null });
    vi.advanceTimersByTime(20_000);
    expect(said.splice(0)).toEqual([
      'scopes 500 of 2,000, keys 12,004, 1 denied, about 1 min left',
      'scopes 500 of 2,000, keys 12,004, 1 denied, about 2 min left',
    ]);
    progress.end();
    expect(said.splice(0)).toEqual([
      'Read in 30 s: 2,000 scopes of 3 accounts, keys 12,004. Failed accounts: 100000000001 (assume_role_denied). Next: aws_encryption_coverage says what could not be read, and why; then `views`, `check` and `report`.',
    ]);
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });
});

it('names five of many, and counts the others', () => {
  const said: string[] = [];
  const log = { debug() {}, warn() {}, error() {}, info: (line: string) => void said.push(line) };
  const progress = new Progress(log, null);
  progress.begin(walkOf(7));
  for (let index = 1; index <= 7; index++) progress.failed(`10000000000${index}`, denied);
  progress.end();
  const named = said.at(-1)?.match(/\b1\d{11}\b/g);
  expect(named).toEqual(Array.from({ length: 5 }, (_, index) => `10000000000${index + 1}`));
  expect(said.at(-1)).toContain('100000000005 (assume_role_denied) and 2 more. Next: ');
});

describe('scopes', () => {
  it.each(['aws_encryption_keys', 'aws_encryption_resources'])(
    'of %s are all done, and no more, when the last row leaves',
    async (table) => {
      vi.useFakeTimers({ toFake: ['setInterval'] });
      const made = newOrganization({ managementAccountId: management });
      const aws = await startSimulator(made);
      const hear = ({ kind }: Message) => void (kind === 'insert' && vi.advanceTimersByTime(10_000));
      const spec = { regions: ['us-east-1', 'eu-west-1'] };
      const { log } = await syncInProcess(
        aws,
        management,
        spec,
        [table, 'aws_encryption_coverage'],
        null,
        hear,
      );
      await aws.close();
      expect(log.filter((line) => line.startsWith('info: scopes ')).at(-1)).toBe(
        'info: scopes 2 of 2, keys 0',
      );
    },
  );
});

describe('the end of a sync', () => {
  const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
  const spec = { org: { member_role_name: 'posture' }, regions: ['us-east-1'] };

  /** Members whose role has a name; one key each. */
  async function lines(role: (id: string) => string): Promise<readonly string[]> {
    const made = newOrganization({ managementAccountId: management });
    for (const id of members) {
      const trust = { principals: [management] };
      const account = addAccount(made, { id, roles: new Map([[role(id), { name: role(id), trust }]]) });
      addKey(account, awsMaterialKey({ partition: 'aws', accountId: id, region: 'us-east-1' }, 'own'));
    }
    const aws = await startSimulator(made);
    const { log } = await syncInProcess(aws, management, spec, tables);
    await aws.close();
    return log.filter((line) => /^(?:info|warn): /.test(line) && !line.includes('backend_options'));
  }

  it('names the accounts that failed', async () => {
    expect(await lines((id) => (id === members[0] ? 'another' : 'posture'))).toEqual([
      'info: Accounts to read: 3; regions: us-east-1; skipped: 0; denied: 0',
      expect.stringMatching(
        /^info: Read in \d+ s: 2 scopes of 3 accounts, keys 1\. Failed accounts: 100000000001 \(assume_role_denied\)\. Next: /,
      ),
    ]);
  });

  it('says so when the role is wrong everywhere', async () => {
    expect((await lines(() => 'another')).at(-1)).toBe(
      'warn: No member account could be entered by the role posture: check member_role_name, that the role is in the members, trusts who assumes it, and takes the member_external_id of the spec.',
    );
  });
});
