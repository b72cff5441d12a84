import type { Aws } from '../aws/aws.ts';
import { AwsError, isFailedRead } from '../aws/error.ts';
import { regionNames } from '../aws/partitions.ts';
import { nearest } from '../spec/nearest.ts';
import { SpecError } from '../spec/parse.ts';
import type { AccountPlan } from './plan.ts';
import { readRegions } from './regions.ts';

/** Each of them knows all regions of its partition: where so many cannot say, nobody is likely to. */
const mostAccounts = 5;

/**
 * Whether the regions that the spec names exist. A name that this version does not know may be a new region of AWS:
 * accounts are asked, and only then.
 * @returns a sentence for each name that no account could be asked about
 * @throws SpecError for one that AWS does not have: reading would end well, and without that region
 */
export async function checkRegionNames(plans: readonly AccountPlan[], aws: Aws): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const [partition, wanted] of unknownNames(plans)) {
    const ofPartition = plans.filter((plan) => plan.partition === partition);
    const names = await firstList(ofPartition.slice(0, mostAccounts), aws);
    for (const name of wanted) {
      const likely = nearest(name, [...(names ?? []), ...regionNames]);
      const meant = likely === null ? '' : `; did you mean \`${likely}\`?`;
      if (names === null) {
        warnings.push(
          `${JSON.stringify(name)} in regions is not known to this version, and no account's list of regions could be read${meant}`,
        );
      } else if (!names.includes(name)) {
        throw new SpecError(`${JSON.stringify(name)} in regions is no region of AWS${meant}`);
      }
    }
  }
  return warnings;
}

/** By partition. */
function unknownNames(plans: readonly AccountPlan[]): ReadonlyMap<string, ReadonlySet<string>> {
  const usual = new Set(['*', ...regionNames]);
  const names = new Map<string, Set<string>>();
  for (const { partition, wantedRegions } of plans) {
    for (const name of wantedRegions) {
      if (!usual.has(name)) names.set(partition, (names.get(partition) ?? new Set()).add(name));
    }
  }
  return names;
}

async function firstList(plans: readonly AccountPlan[], aws: Aws): Promise<readonly string[] | null> {
  for (const plan of plans) {
    try {
      const listed = await readRegions(plan, aws, 'all');
      if (!(listed instanceof AwsError)) return listed;
    } catch (error) {
      if (!isFailedRead(error)) throw error;
    }
  }
  return null;
}
