import { expect, test } from 'vitest';
import { bucketExplanation } from '../../../src/posture/bucket/explanation.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import { policyIds, policyState } from '../../../src/posture/organization-policies/effect.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import { sseS3 } from '../bucket/cases/case.ts';
import {
  compute,
  data,
  decrypt,
  keyWith,
  noPolicies,
  role,
  root,
  type Statement,
  vendor,
} from '../cross-account/cast.ts';
import { type Given, organizationWith } from './organization.ts';

export const reader = role(compute);

/** A bucket under a key, policies, and how each fares who is let in to read. */
export interface Case {
  readonly what: string;
  readonly policies: Given;
  /** Default: lets the role `analytics` of `compute` read. */
  readonly bucket?: readonly Statement[];
  /** Default: a key of `data` that lets the role decrypt. */
  readonly key?: ResolvedKey;
  readonly owner?: string;
  readonly expect: Readonly<Record<string, EntityUse>>;
  readonly state: ReturnType<typeof policyState>;
  readonly ids?: readonly string[];
  /** A part of the explanation. */
  readonly says?: string;
}

export const account = (id: string) => `account ${id}`;
export const [possible, blocked] = ['possible', 'blocked_by_organization_policy'] as const;
export const forVendor = { bucket: [read(root(vendor))], key: keyWith(decrypt(root(vendor))) };

function judge({ policies, bucket = [read(reader)], key = keyWith(decrypt(reader)), owner = data }: Case) {
  const facts = bucketFacts(
    { scope: { accountId: owner, accountName: null, region: 'eu-west-1', partition: 'aws' } },
    bucket,
  );
  const isPlain = key.key.state === 'none';
  const posture = bucketPosture(isPlain ? { ...facts, ...sseS3 } : facts, organizationWith(policies));
  const verdict = bucketVerdict(posture, key);
  const effects = verdict.entities.map((entity) => entity.policies);
  return {
    uses: Object.fromEntries(verdict.entities.map(({ entity, use }) => [entityText(entity), use])),
    state: policyState(effects),
    ids: policyIds(effects),
    explanation: bucketExplanation(posture, verdict, key, noPolicies),
  };
}

/** One test for each. */
export const cases = (list: readonly Case[]): void =>
  test.each(list.map((given) => [given.what, given] as const))('%s', (_, given) => {
    const { uses, state, ids, explanation } = judge(given);
    expect(uses).toEqual(given.expect);
    expect({ state, ids }).toEqual({ state: given.state, ids: given.ids ?? [] });
    expect(explanation).toContain(given.says ?? '');
  });
