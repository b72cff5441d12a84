import { AwsError } from '../../src/aws/error.ts';
import { unread } from '../../src/aws/fact.ts';
import type { Rotation, RotationStatus } from '../../src/services/kms/facts.ts';

export function rotation(changes: Partial<Rotation> = {}): Rotation {
  return {
    keyMaterialId: 'a1',
    keyMaterialDescription: null,
    importState: null,
    keyMaterialState: null,
    expirationModel: null,
    validTo: null,
    rotationDate: null,
    rotationType: null,
    ...changes,
  };
}

/** A completed rotation. */
export const rotatedOn = (date: string, rotationType = 'AUTOMATIC'): Rotation =>
  rotation({ rotationDate: new Date(date), rotationType });

export function rotationStatus(changes: Partial<RotationStatus> = {}): RotationStatus {
  return {
    enabled: false,
    periodInDays: null,
    nextRotationDate: null,
    ...changes,
  };
}

/** A read that AWS refused. */
export const denied = (operation: string) =>
  unread(
    new AwsError('access_denied', 'AccessDeniedException', {
      operation,
      accountId: '111122223333',
      region: 'us-east-1',
    }),
  );
