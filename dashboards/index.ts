import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { encryptionKeys } from './encryption-keys.ts';
import { encryptionPosture } from './encryption-posture.ts';

/** Grafana's dashboards, by the file of `dashboards/` that each is written to. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  'encryption-posture.json': encryptionPosture.build(),
  'encryption-keys.json': encryptionKeys.build(),
};
