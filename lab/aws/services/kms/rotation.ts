import type { SimKey } from '../../model.ts';
import { pageSize, text } from '../../protocol/input.ts';
import type { Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { invalidState, unsupported } from './errors.ts';
import { findKey } from './find-key.ts';
import { kmsPage } from './page.ts';

/**
 * KMS developer guide, "Key states" and "Rotate keys", read 2026-11-23: key stores refuse, an import that waits
 * refuses, what cannot rotate says false, and so does a key that waits for deletion.
 */
export function getKeyRotationStatus(call: Call): Output {
  const key = findKey(call, { acrossAccounts: true });
  refuseKeyStores(key);
  const { Arn, KeyId, KeyState, KeyManager, KeySpec, Origin } = key.metadata;
  if (KeyState === 'PendingImport') {
    throw unsupported(`${Arn} origin is EXTERNAL which is not valid for this operation.`);
  }
  if (KeyState === 'Unavailable') throw invalidState(`${Arn} is unavailable.`);
  const { rotation } = key;
  const canRotate = KeySpec === 'SYMMETRIC_DEFAULT' && Origin === 'AWS_KMS';
  const isOn = canRotate && KeyState !== 'PendingDeletion' && rotation.enabled;
  return {
    KeyId: key.metadata.MultiRegion ? Arn : KeyId,
    KeyRotationEnabled: isOn,
    ...(isOn && KeyManager === 'CUSTOMER'
      ? { RotationPeriodInDays: rotation.periodInDays, NextRotationDate: rotation.nextRotation }
      : {}),
    ...(rotation.onDemandStarted === undefined
      ? {}
      : { OnDemandRotationStartDate: rotation.onDemandStarted }),
  };
}

/** By default only the rotations that happened; ALL_KEY_MATERIAL adds the first and the pending material. */
export function listKeyRotations(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 1000, default: 100 });
  const key = findKey(call);
  refuseKeyStores(key);
  const { Arn, KeyState, KeySpec } = key.metadata;
  if (KeySpec !== 'SYMMETRIC_DEFAULT') {
    throw unsupported(`${Arn} key spec is ${KeySpec} which is not valid for this operation.`);
  }
  if (KeyState === 'Unavailable') throw invalidState(`${Arn} is unavailable.`);
  const all = text(call.input, 'IncludeKeyMaterial') === 'ALL_KEY_MATERIAL';
  const rotations = all
    ? key.rotations
    : key.rotations.filter((rotation) => rotation.RotationDate !== undefined);
  return kmsPage('Rotations', rotations, call, limit);
}

function refuseKeyStores(key: SimKey): void {
  const { Arn, Origin } = key.metadata;
  if (Origin === 'AWS_CLOUDHSM' || Origin === 'EXTERNAL_KEY_STORE') {
    throw unsupported(`${Arn} origin is ${Origin} which is not valid for this operation.`);
  }
}
