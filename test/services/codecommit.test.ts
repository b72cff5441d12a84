import { describe, expect, it } from 'vitest';
import type { Fault } from './read-service.ts';
import { accountId, readService, regionOfKeys, seen } from './region-of-keys.ts';

const get = 'codecommit:GetRepository';

/** Repositories under every sort of key, one of which can be used no more. */
function world() {
  const { organization, add, own, foreign, managed } = regionOfKeys();
  managed('codecommit');
  add.gitRepository({ name: 'default' });
  add.gitRepository({ name: 'own', kmsKeyId: own });
  add.gitRepository({ name: 'own-by-id', kmsKeyId: own.split('/')[1] ?? '' });
  add.gitRepository({ name: 'foreign', kmsKeyId: foreign });
  add.gitRepository({ name: 'locked', kmsKeyId: own, keyProblem: 'EncryptionKeyDisabledException' });
  return organization;
}

const rowsOf = async (...faults: readonly Fault[]) => {
  const read = await readService(world(), 'codecommit', ...faults);
  return {
    ...read,
    seen: seen(read, 'encryption_state', 'key_account_id', 'key_type', 'cross_account_use'),
    failed: seen(read, 'errors').filter(([, errors]) => errors !== null),
  };
};

describe('what is read of CodeCommit repositories', () => {
  it('is their keys; of one whose key is disabled AWS tells nothing else', async () => {
    const read = await rowsOf();
    expect(read.seen).toEqual([
      ['default', 'kms', accountId, 'aws_managed', 'not_shared'],
      ['foreign', 'kms', '444444444444', 'customer_managed_aws_material', 'not_shared'],
      ['locked', null, null, null, 'not_shared'],
      ['own', 'kms', accountId, 'customer_managed_aws_material', 'not_shared'],
      ['own-by-id', 'kms', accountId, 'customer_managed_aws_material', 'not_shared'],
    ]);
    expect(read.failed).toEqual([
      ['locked', { [get]: expect.objectContaining({ code: 'EncryptionKeyDisabledException' }) }],
    ]);
    expect(read.rows.map(({ arn }) => arn)).toContain(`arn:aws:codecommit:eu-west-1:${accountId}:own`);
    expect(read.calls('codecommit')).toEqual({ 'codecommit:ListRepositories': 1, [get]: 5 });
  });

  it('is not one that went meanwhile', async () => {
    const effect = { kind: 'error', code: 'RepositoryDoesNotExistException', status: 400 } as const;
    const { rows } = await rowsOf({ operation: get, resource: 'own', effect });
    expect(rows.map(({ arn }) => arn)).not.toContain(`arn:aws:codecommit:eu-west-1:${accountId}:own`);
    expect(rows).toHaveLength(4);
  });

  it.each(['deny', 'empty_body'] as const)('is not known where it is told by %s', async (kind) => {
    const { rows, failed } = await rowsOf({ operation: get, effect: { kind } });
    expect(failed).toHaveLength(5);
    expect(rows.every((row) => row.encryption_state === null)).toBe(true);
  });

  it('is not whole where the list fails, or has no end', async () => {
    const operation = 'codecommit:ListRepositories';
    for (const kind of ['deny', 'empty_body', 'repeated_marker'] as const) {
      const { sink } = await rowsOf({ operation, effect: { kind } });
      expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
    }
  });
});
