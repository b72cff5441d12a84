import type { AwsSettings } from '../aws/settings.ts';
import { publishedQuotas } from '../services/quotas.ts';
import type { Spec } from '../spec/spec.ts';

/** The spec as the AWS layer needs it: with the region that tells the partition when nothing else does. */
export function awsSettings(spec: Spec): AwsSettings {
  const { regions, org, accounts } = spec;
  const wanted = [
    ...regions,
    ...(org?.memberRegions ?? []),
    ...accounts.flatMap((account) => account.regions),
  ];
  return {
    ...spec,
    quotas: publishedQuotas,
    regionHint: wanted.find((region) => !region.includes('*')) ?? null,
  };
}
