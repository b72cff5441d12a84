import { ApiError } from '../../protocol/wire.ts';

export const notFound = (message: string): ApiError => new ApiError(400, 'NotFoundException', message);

export const invalidArn = (message: string): ApiError => new ApiError(400, 'InvalidArnException', message);

export const unsupported = (message: string): ApiError =>
  new ApiError(400, 'UnsupportedOperationException', message);

export const invalidState = (message: string): ApiError =>
  new ApiError(400, 'KMSInvalidStateException', message);

export const invalidMarker = (): ApiError =>
  new ApiError(400, 'InvalidMarkerException', 'Could not deserialize marker');

export const customKeyStoreNotFound = (name: string): ApiError =>
  new ApiError(400, 'CustomKeyStoreNotFoundException', `Custom key store ${name} was not found.`);

/** In the words of KMS: no key policy or grant admits the caller. */
export const accessDenied = (callerArn: string, action: string, resource: string): ApiError =>
  new ApiError(
    400,
    'AccessDeniedException',
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
  );
