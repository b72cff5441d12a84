import type { ClientBase } from 'pg';
import manifest from '../../../package.json' with { type: 'json' };
import { type NotSeen, type ReportCoverage, readCoverage } from '../coverage.ts';
import { type Reader, withReader } from '../reader.ts';
import type { Kind } from './algorithm.ts';
import { algorithmComponent, type Key, keyComponent, property } from './components.ts';

/** Keys that are in memory at a time. */
const keysAtOnce = 2000;
/** What the document is about, by its identity in it. */
const subject = 'aws-accounts';

/**
 * The keys of a database as a cryptography bill of materials (CycloneDX 1.6), in parts of a JSON text: an algorithm for
 * each key spec and usage, and a key material for each key but AWS owned ones, which nobody sees. What was not seen is
 * told by the composition, which is `complete` only where nothing is missing, and by an annotation for each place. Equal
 * for equal rows.
 * @param write takes the parts, and reads them while it runs
 */
export function writeCbom(
  client: ClientBase,
  write: (parts: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  return withReader(client, async (reader) => {
    const whyNot = reader.whyNot('quantum_readiness');
    if (whyNot !== null) throw new Error(`${whyNot}.`);
    await write(partsOf(reader, await readCoverage(reader)));
  });
}

async function* partsOf(reader: Reader, coverage: ReportCoverage): AsyncGenerator<string> {
  const missing = coverage.notSeen.filter(isOfKeys);
  const isWhole = missing.length === 0 && coverage.places > 0 && coverage.keptKeys === 0;
  const at = timeOf(coverage.newest);
  yield `{
  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": ${JSON.stringify(metadataOf(coverage, isWhole, at))},
  "components": [`;
  let comma = '';
  for (const { quantum, ...kind } of await reader.rows<Kind & { quantum: string }>(KINDS)) {
    yield `${comma}\n    ${JSON.stringify(algorithmComponent(kind, quantum))}`;
    comma = ',';
  }
  await reader.rows(DECLARE);
  for (;;) {
    const keys = await reader.rows<Key>(`FETCH ${keysAtOnce} FROM keys_of_cbom`);
    if (keys.length === 0) break;
    yield keys.map((key) => `${comma}\n    ${JSON.stringify(keyComponent(key))}`).join('');
  }
  const composition = { aggregate: isWhole ? 'complete' : 'incomplete', assemblies: [subject] };
  yield `
  ],
  "compositions": [${JSON.stringify(composition)}],
  "annotations": [${missing.map((place) => `\n    ${JSON.stringify(annotationOf(place, at))}`).join(',')}
  ]
}
`;
}

/** Whether keys may be missing by it. That nobody looked for AWS owned keys is no gap of what has none. */
const isOfKeys = ({ table_name, status, region }: NotSeen): boolean =>
  table_name === '*' ||
  (table_name === 'aws_encryption_keys' && !(status === 'skipped' && region === 'global'));

/** `2026-11-24 11:53`; where nothing was read there is no time. */
const timeOf = (text: string | null): string | null => text && `${text.replace(' ', 'T')}:00Z`;

function metadataOf(coverage: ReportCoverage, isWhole: boolean, at: string | null) {
  const { organizations, accounts, places, oldest, newest, keptKeys } = coverage;
  return {
    ...(at !== null && { timestamp: at }),
    tools: { components: [annotator] },
    component: { type: 'platform', 'bom-ref': subject, name: organizations.join(', ') || 'AWS accounts' },
    properties: [
      property('coverage', isWhole ? 'complete' : 'partial'),
      property('accounts', accounts),
      property('accounts_and_regions_read', places),
      property('oldest_reading', oldest ?? 'none'),
      property('newest_reading', newest ?? 'none'),
      property('keys_of_earlier_readings', keptKeys),
    ],
  };
}

const annotator = { type: 'application', name: manifest.name, version: manifest.version };

function annotationOf(
  { account_id, account_name, region, table_name, status, reason, message }: NotSeen,
  at: string | null,
) {
  const account = account_id === null ? 'all accounts' : `account ${account_id}`;
  const named = account_name === null ? account : `${account} (${account_name})`;
  const what = table_name === '*' ? 'nothing that is there was read' : 'keys may be missing';
  const why = [reason, message].filter((part) => part !== null).join(': ');
  return {
    subjects: [subject],
    annotator: { component: annotator },
    timestamp: at ?? '1970-01-01T00:00:00Z',
    text: `${named}, ${region}: ${status}, ${what}. ${why}`.trim(),
  };
}

const KINDS = `
  SELECT DISTINCT algorithm, key_spec, key_usage, quantum
  FROM aws_encryption.quantum_readiness
  ORDER BY algorithm, key_spec, key_usage
`;

const time = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const DECLARE = `
  DECLARE keys_of_cbom NO SCROLL CURSOR FOR
  SELECT
    key.account_id, key.account_name, key.region, key.key_id, key.arn, key.name, key.key_type, key.key_state,
    key.key_spec, key.key_usage, ${time('key.creation_date')} AS created,
    ${time('COALESCE(key.deletion_date, key.valid_to)')} AS expires,
    key.rotation_state, key.rotation_period_in_days, key.multi_region, key.custom_key_store_id,
    key.organization_unit_names, judged.algorithm, judged.quantum, judged.is_at_risk_today, key.freshness,
    ${time('key.seen_at')} AS seen_at
  FROM aws_encryption.current_keys AS key
  JOIN aws_encryption.quantum_readiness AS judged
    ON judged.account_id = key.account_id AND judged.region = key.region AND judged.key_id = key.key_id
  ORDER BY key.account_id COLLATE "C", key.region COLLATE "C", key.key_id COLLATE "C"
`;
