import { askedOnce } from '../../aws/asked-once.ts';
import { known, readFact } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { serverlessReads } from './calls.ts';
import { collectionEncryption, serverlessRules } from './rules.ts';

export const openSearchServerless: ResourceService = {
  rules: serverlessRules,

  async *list(access, scope) {
    const reads = serverlessReads(access);
    for await (const page of reads.collections()) {
      // One answer for all of the page.
      const keysOfPage = askedOnce(() => readFact(reads.keys(page.map(({ id }) => id))));
      yield page.map(({ id, arn }) => async () => {
        const found = { scope, resourceType: 'collection', arn, sharing: notShareable };
        const keys = await keysOfPage();
        if (keys.state !== 'known') return { ...found, encryption: keys };
        const key = keys.value.get(id);
        return key === undefined ? null : { ...found, encryption: known(collectionEncryption(key)) };
      });
    }
  },
};
