import { isFailedRead } from '../aws/error.ts';
import { customKeyStoreRow, customKeyStores } from '../tables/custom-key-stores.ts';
import type { RegionEnumerator } from './enumerator.ts';

/** DescribeCustomKeyStores: AWS allows five calls a second, so it is made only when the table is selected. */
export const keyStores: RegionEnumerator = {
  name: 'custom_key_stores',
  tables: [customKeyStores],
  calls: () => ['kms:DescribeCustomKeyStores'],

  async visit({ kms, scope, sink }) {
    if (!sink.selected(customKeyStores)) return;
    try {
      for (const store of await kms.customKeyStores()) {
        await sink.write(customKeyStores, customKeyStoreRow(store, scope));
      }
    } catch (error) {
      if (!isFailedRead(error)) throw error;
      sink.listingFailed([customKeyStores], error);
    }
  },
};
