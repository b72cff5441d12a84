import { describe, expect, it } from 'vitest';
import { accountId, readService, region, regionOfKeys } from './region-of-keys.ts';

const operation = 'ssm:GetDocument';
const name = 'SSM-SessionManagerRunShell';
const preferring = (kmsKeyId?: unknown) =>
  JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { kmsKeyId } });

describe('preferences of Session Manager', () => {
  it.each(['own', 'foreign'] as const)('are a row with the %s key', async (whose) => {
    const keys = regionOfKeys();
    keys.add.document({ name, content: preferring(keys[whose]) });
    const { rows, sink } = await readService(keys.organization, 'session-manager');
    expect(rows).toMatchObject([
      {
        arn: `arn:aws:ssm:${region}:${accountId}:document/${name}`,
        resource_type: 'session_preferences',
        encryption_state: 'kms',
        kms_key_arn: keys[whose],
        cross_account_use: 'not_shared',
      },
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('are not known to be under what a parameter stands for', async () => {
    const { organization, add } = regionOfKeys();
    add.document({ name, content: preferring('{{ key }}') });
    const { rows } = await readService(organization, 'session-manager');
    expect(rows.map((row) => [row.encryption_state, row.kms_key_arn])).toEqual([['unknown', null]]);
  });

  it.each([undefined, preferring(), preferring(''), '{"schemaVersion":"1.0","sessionType":"Port"}'])(
    'are no row without a key: %s',
    async (content) => {
      const { organization, add } = regionOfKeys();
      if (content !== undefined) add.document({ name, content });
      const { rows, sink, calls } = await readService(organization, 'session-manager');
      expect([rows, [...sink.said]]).toEqual([[], []]);
      expect(calls('ssm')).toEqual({ [operation]: 1 });
    },
  );

  it.each(['no JSON', '[]', preferring(1)])('are not known where AWS answers %s', async (content) => {
    const { organization, add } = regionOfKeys();
    add.document({ name, content });
    const { rows, sink } = await readService(organization, 'session-manager');
    expect(rows).toEqual([]);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });

  it('are not known where the call is denied', async () => {
    const { organization } = regionOfKeys();
    const effect = { kind: 'deny' } as const;
    const { rows, sink } = await readService(organization, 'session-manager', { operation, effect });
    expect(rows).toEqual([]);
    expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
  });
});
