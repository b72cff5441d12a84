import type { ResourceOperation } from '../../src/posture/resource/rules.ts';
import { sorts } from '../../src/services/catalogue.ts';
import { type KeyLoss, keyLossByCause } from '../../src/services/key-loss.ts';
import { callsOf } from '../../src/services/operations.ts';
import type { SortRules } from '../../src/services/sort-rules.ts';
import { accounts, costsOfChoices, regions } from './empty-regions.ts';
import { leftOut } from './left-out.ts';
import { code, markdownTable } from './markdown.ts';

/** What is known of each sort of resources without asking AWS. */
export function servicesPage(): string {
  const rows = sorts.map((sort) => [
    sort.title,
    code(sort.service),
    sort.byDefault ? 'yes' : 'no',
    Object.keys(sort.resourceTypes).map(code).join(', '),
    callsOf(sort).map(code).join(', '),
    whenEmpty(sort),
    sharedBy(sort),
    operations(sort, 'read'),
    operations(sort, 'write'),
    sort.defaultAlias === null ? '' : code(sort.defaultAlias),
    sort.coveredByRcps ? 'yes' : 'no',
  ]);
  return `# Services

What is read for \`aws_encryption_resources\`, service by service, and what is known of each from AWS's documentation. S3
buckets have a table of their own. Policies, those of buckets too, are in \`aws_encryption_resource_policies\`.
\`resource_services\` of the [configuration](_configuration.md) chooses among them, by the names in the column
\`service\`; where it does not, those are read that say so under "By default".

${markdownTable(head, rows)}

Whose permission on the key counts for an operation stands in parentheses: the caller's, the service's own (then only
the key's state can stop another account), or nobody's. RCPs are resource control policies of AWS Organizations;
where they cover it and were read, they are part of the verdict, and so are RCPs on its key and the other account's SCPs.

## Without the key

What becomes of each when its key is disabled or deleted, or the grant revoked by which the service uses it, where AWS's
documentation says it, and within how many days it is rescued when the key is back. The view \`key_loss\` has the same, and
what hangs on a key itself.

${markdownTable(lossHead, sorts.map(lossRow))}

## What a choice costs

The calls of a region in which there is nothing, and how long ${regions} regions of ${accounts.toLocaleString('en-US')} accounts take at least for
that and for the tables of keys: where AWS answers after 150 ms, and 256 calls are in flight (\`concurrency\`). What there
is costs calls of its own. \`test/services/empty-region.test.ts\` counts them.

${costsOfChoices()}

## What is left out

${leftOut}
`;
}

/** The calls where there is nothing to read, if that is not simply the first. */
function whenEmpty(sort: SortRules): string {
  if (sort.whenEmpty === undefined) return 'the first';
  return sort.whenEmpty.length === 0 ? 'none of its own' : sort.whenEmpty.map(code).join(', ');
}

const head = [
  'Resources',
  '`service`',
  'By default',
  '`resource_type`',
  'Calls',
  'Where there is none',
  'Shared by',
  'Reading',
  'Writing',
  'Default key',
  'RCPs cover it',
];

const lossHead = ['Resources', 'Key disabled', 'Key deleted', 'Grant revoked', 'Rescued', 'What AWS says'];

function lossRow(sort: SortRules): string[] {
  const { key_disabled, key_deleted, grant_revoked } = keyLossByCause(sort.whenKeyIsLost);
  return [
    sort.title,
    loss[key_disabled.breaks],
    loss[key_deleted.breaks],
    loss[grant_revoked.breaks],
    rescue(key_disabled.recoverableDays),
    key_disabled.why ?? '',
  ];
}

function rescue(days: number | null): string {
  if (days === null) return 'no limit is named';
  return days === 0 ? 'never' : `within ${days} days`;
}

const shared: Readonly<Record<SortRules['sharedBy'], string>> = {
  policy: 'a policy',
  accounts: 'a list of accounts',
  nothing: 'cannot be shared',
};

function sharedBy({ sharedBy: way, alsoSharedByRam }: SortRules): string {
  if (alsoSharedByRam === undefined) return shared[way];
  return way === 'nothing' ? 'AWS RAM' : `${shared[way]}, AWS RAM`;
}

const loss: Readonly<Record<KeyLoss, string>> = {
  at_once: 'unusable at once',
  within_hours: 'unusable within hours',
  at_next_attach: 'goes on until it is detached',
  until_it_fails: 'goes on until its hardware fails',
  new_data_only: 'nothing new can be made',
  not_known: 'not known',
};

const checked: Readonly<Record<ResourceOperation['checkedAgainst'], string>> = {
  caller: 'caller',
  service: 'service',
  none: 'nobody',
};

function operations(sort: SortRules, access: ResourceOperation['access']): string {
  return sort.operations
    .filter((operation) => operation.access === access)
    .map(({ name, checkedAgainst }) => `${name} (${checked[checkedAgainst]})`)
    .join(', ');
}
