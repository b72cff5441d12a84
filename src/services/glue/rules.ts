import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import {
  byCaller,
  byNobody,
  byService,
  doingElse,
  oneOf,
  type ResourceOperation,
  type ResourceRules,
  reading,
  writing,
} from '../../posture/resource/rules.ts';
import { encryptionByType } from '../encryption-by-type.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import {
  deletingFromCatalog,
  glueGrammar,
  readingCatalog,
  readingConnections,
  writingCatalog,
} from './grammar.ts';

type Check = ReturnType<typeof byCaller>;

const operations = (toRead: Check, toWrite: Check): readonly ResourceOperation[] => [
  reading('read metadata', oneOf('glue', readingCatalog), toRead),
  reading('read connections', oneOf('glue', readingConnections), toRead),
  writing('write metadata', oneOf('glue', writingCatalog), toWrite),
  doingElse('delete metadata', oneOf('glue', deletingFromCatalog), byNobody),
];

/**
 * The Data Catalog, one in each region. Its objects are encrypted with the permission of whoever reads or writes them,
 * and can "no longer be decrypted" without the key (Glue developer guide, "Encrypting your Data Catalog", read
 * 2026-11-29). That page names Decrypt, Encrypt and GenerateDataKey for all clients; of these, what a caller surely
 * needs is asked.
 */
export const glueRules = {
  service: 'glue',
  byDefault: true,
  title: 'AWS Glue Data Catalogs',
  resourceTypes: {
    data_catalog: 'of Glue: one in each region',
    connection_passwords: 'of Glue: where its connections have a key of their own, by an ARN of ours',
  },
  calls: {
    'glue:GetResourcePolicies': null,
    'glue:GetResourcePolicy': null,
    'glue:GetDataCatalogEncryptionSettings': null,
  },
  encryptionCalls: ['glue:GetDataCatalogEncryptionSettings'],
  // Each region has a catalog.
  whenEmpty: ['glue:GetResourcePolicies', 'glue:GetDataCatalogEncryptionSettings'],
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'glue',
  defaultAlias: 'alias/aws/glue',
  checkedAgainst: 'caller',
  grammar: glueGrammar,
  operations: operations(byCaller('kms:Decrypt'), byCaller('kms:GenerateDataKey')),
  encryptionContext: (arn) => ({ glue_catalog_id: arn.split(':')[4] ?? '*' }),
  caveat:
    'what Lake Formation lets do beyond these policies is not read, nor what was written while another key, or none, was set',
} as const satisfies SortRules;

/** A catalog that encrypts by a role, which uses the key "on the caller's behalf" (EncryptionAtRest, API reference). */
export const roleRules: ResourceRules = {
  ...glueRules,
  checkedAgainst: 'service',
  operations: operations(byService, byService),
};

/** The key of passwords in connections of the region, apart from the catalog's. */
export const passwordRules: ResourceRules = {
  ...glueRules,
  grammar: noPolicyGrammar('glue'),
  operations: [],
  caveat: 'who is let in to its connections is told with the catalog',
};

/** The mode in which a role of the account encrypts. */
export const byRole = 'SSE-KMS-WITH-SERVICE-ROLE';

/** By the catalog's mode. Without a key it is `aws/glue` (the same page). */
export const catalogEncryption = encryptionByType({ DISABLED: 'none', 'SSE-KMS': 'kms', [byRole]: 'kms' });

/** Of passwords that are encrypted by a key of theirs; AWS names it. */
export const passwordEncryption = (kmsKeyId: string | null): ResourceEncryption => ({
  state: kmsKeyId === null ? 'unknown' : 'kms',
  key: kmsKeyId,
});
