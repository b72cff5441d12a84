import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { efsReads } from './calls.ts';
import { efsRules, fileSystemEncryption } from './rules.ts';

export const efs: ResourceService = {
  rules: efsRules,

  async *list(access, scope) {
    const reads = efsReads(access);
    for await (const fileSystems of reads.fileSystems()) {
      yield fileSystems.map((fileSystem) => async () => {
        const sharing = await readSharing(reads.policy(fileSystem.id), byPolicy);
        const encryption = known(fileSystemEncryption(fileSystem));
        return sharing && { scope, resourceType: 'file_system', arn: fileSystem.arn, encryption, sharing };
      });
    }
  },
};
