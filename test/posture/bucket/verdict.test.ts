import { describe, expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { entityLists } from '../../../src/posture/cross-account/entity-lists.ts';
import { organization } from '../cross-account/cast.ts';
import { bucketFacts } from './bucket.ts';
import { article } from './cases/article.ts';
import { grants } from './cases/grants.ts';
import { keyState } from './cases/key-state.ts';
import { nameless } from './cases/nameless.ts';
import { noKeyAsked } from './cases/no-key-asked.ts';
import { notKnown } from './cases/not-known.ts';
import { notPrincipal } from './cases/not-principal.ts';
import { organizationOrAnyone } from './cases/organization-or-anyone.ts';
import { otherAccountsKeys } from './cases/other-accounts-keys.ts';
import { prefixes } from './cases/prefixes.ts';
import { publicAccessBlock } from './cases/public-access-block.ts';
import { samePrincipal } from './cases/same-principal.ts';
import { services, servicesForOthers } from './cases/services.ts';
import { severalAccounts } from './cases/several-accounts.ts';
import { throughS3 } from './cases/through-s3.ts';
import { demandedHeaders, logDelivery, replication, writing } from './cases/writers.ts';

describe.each([
  ['the article', article],
  ['the state of the key comes before its policy', keyState],
  ['one principal must be admitted by both', samePrincipal],
  ['through S3, with the encryption context that S3 sends', throughS3],
  ['grants count', grants],
  ['no key is asked', noKeyAsked],
  ['several prefixes', prefixes],
  ['what is not known of the key', notKnown],
  ['keys of other accounts', otherAccountsKeys],
  ['several accounts', severalAccounts],
  ['an organization, or anyone', organizationOrAnyone],
  ['an Allow with NotPrincipal', notPrincipal],
  ['Block Public Access', publicAccessBlock],
  ['services', services],
  ['services that act for others', servicesForOthers],
  ['who cannot be named', nameless],
])('%s', (_group, cases) => {
  test.each(cases)('%s', (_what, policy, key, { read, ...lists }, bucket = {}) => {
    const facts = { ...bucketFacts({}, policy), ...bucket };
    const { crossAccountRead, entities } = bucketVerdict(bucketPosture(facts, organization), key);
    const result = { read: crossAccountRead, ...entityLists(entities, facts.policy.state === 'known') };
    expect(result).toMatchObject({ read, ...lists });
  });
});

describe.each([
  ['writing', writing],
  ['headers that the bucket policy demands', demandedHeaders],
  ['services that deliver logs', logDelivery],
  ['replication into the bucket', replication],
])('%s', (_group, cases) => {
  test.each(cases)('%s', (_what, policy, key, { read, ...lists }, bucket = {}) => {
    const facts = { ...bucketFacts({}, policy), ...bucket };
    const { write } = bucketVerdict(bucketPosture(facts, organization), key);
    const result = {
      read: write.crossAccountWrite,
      ...entityLists(write.writers, facts.policy.state === 'known'),
    };
    expect(result).toMatchObject({ read, ...lists });
  });
});
