import { readFact } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionOfDelivery } from '../delivery-encryption.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { guardDutyReads } from './calls.ts';
import { guardDutyRules } from './rules.ts';

export const guardDuty: ResourceService = {
  rules: guardDutyRules,

  async *list(access, scope) {
    const reads = guardDutyReads(access);
    const place = `arn:${scope.partition}:guardduty:${scope.region}:${scope.accountId}`;
    for await (const detectors of reads.detectors())
      for (const detector of detectors)
        for await (const destinations of reads.destinations(detector))
          yield destinations.map((id) => async () => ({
            scope,
            resourceType: 'publishing_destination',
            arn: `${place}:detector/${detector}/publishingDestination/${id}`,
            encryption: await readFact(reads.keyOf(detector, id).then(encryptionUnder)),
            sharing: notShareable,
          }));
  },
};

/** A destination always has its key ("Exporting generated GuardDuty findings to Amazon S3 buckets"). */
const encryptionUnder = (key: string | null): ResourceEncryption =>
  key === null ? { state: 'unknown', key } : encryptionOfDelivery(key);
