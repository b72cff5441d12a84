import { readCounted } from './counted.ts';
import { isWhole, type ReportCoverage, tablesOfKeys } from './coverage.ts';
import type { PostureNumber } from './posture-number.ts';
import type { Reader } from './reader.ts';
import { count } from './words.ts';

/** The numbers at the top of the page, in its order. */
export async function readNumbers(
  reader: Reader,
  coverage: ReportCoverage,
): Promise<readonly PostureNumber[]> {
  const first = await keys(reader, coverage);
  const counted = await readCounted(reader, coverage);
  return [first, ...counted, await monthlyUsd(reader, coverage)];
}

async function keys(reader: Reader, coverage: ReportCoverage): Promise<PostureNumber> {
  const { value, unknown } = await reader.row<{ value: number; unknown: number }>(`
    SELECT count(*)::integer AS value, count(*) FILTER (WHERE key_type = 'unknown')::integer AS unknown
    FROM aws_encryption.current_keys
    WHERE key_type <> 'aws_owned'`);
  const isKnown = coverage.places > 0;
  return {
    id: 'keys',
    value: isKnown ? value : null,
    unknown: isKnown ? unknown : null,
    atLeast: !isWhole(coverage, tablesOfKeys),
    members: [],
    ...(isKnown && { beside: await awsOwnedKeys(reader) }),
  };
}

/** AWS owned keys are no account's and no API lists them: a row is an account, region and service that uses one. */
async function awsOwnedKeys(reader: Reader): Promise<string> {
  if (reader.whyNot('key_types') !== null) return 'AWS owned keys are not counted';
  const { keys } = await reader.row<{ keys: number | null }>(`
    SELECT max(keys)::integer AS keys FROM aws_encryption.key_types WHERE key_type = 'aws_owned'`);
  return keys === null
    ? 'AWS owned keys were not looked for'
    : `beside them ${count(keys, 'use')} of AWS owned keys`;
}

async function monthlyUsd(reader: Reader, coverage: ReportCoverage): Promise<PostureNumber> {
  const { value, unknown } = await reader.row<{ value: number | null; unknown: number }>(`
    SELECT sum(monthly_fee_usd)::float8 AS value, COALESCE(sum(keys_price_unknown), 0)::integer AS unknown
    FROM aws_encryption.monthly_cost`);
  const isKnown = coverage.places > 0;
  return {
    id: 'monthly_usd',
    // No keys cost nothing; keys without any known price cost nobody knows what.
    value: isKnown ? (value ?? (unknown === 0 ? 0 : null)) : null,
    unknown: isKnown ? unknown : null,
    atLeast: !isWhole(coverage, tablesOfKeys),
    members: [],
  };
}
