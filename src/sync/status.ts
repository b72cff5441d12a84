import { AwsError, type Reason } from '../aws/error.ts';
import { status } from '../cloudquery/status.ts';
import { SpecError } from '../spec/parse.ts';
import { StateError } from '../state/state-error.ts';

/** How a stream ends that does not end OK. */
export interface EndStatus {
  readonly code: status;
  /** One sentence. */
  readonly details: string;
  readonly isBug: boolean;
}

const codes: Partial<Record<Reason, status>> = {
  access_denied: status.PERMISSION_DENIED,
  assume_role_denied: status.PERMISSION_DENIED,
  credentials_unusable: status.UNAUTHENTICATED,
  clock_skew: status.UNAUTHENTICATED,
  organization_not_in_use: status.FAILED_PRECONDITION,
  account_inactive: status.FAILED_PRECONDITION,
  invalid_request: status.INVALID_ARGUMENT,
  plugin_error: status.INTERNAL,
};

/** The status for what ended a sync. A cut sync is never OK: the CLI would delete what it did not see. */
export function endStatus(
  cause: unknown,
  state: { readonly clientLeft: boolean; readonly stopped: boolean },
): EndStatus {
  if (state.clientLeft)
    return { code: status.CANCELLED, details: 'The sync was cancelled by its client.', isBug: false };
  if (state.stopped) {
    const details = 'The sync was cut short because the plugin was told to stop; run it again.';
    return { code: status.UNAVAILABLE, details, isBug: false };
  }
  if (cause instanceof AwsError) {
    return { code: codes[cause.reason] ?? status.UNAVAILABLE, details: cause.message, isBug: false };
  }
  if (cause instanceof StateError) {
    const code = cause.kind === 'unavailable' ? status.UNAVAILABLE : status.FAILED_PRECONDITION;
    return { code, details: cause.message, isBug: false };
  }
  if (cause instanceof SpecError) {
    return { code: status.INVALID_ARGUMENT, details: cause.message, isBug: false };
  }
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const details = `The plugin failed with ${what}; this is a bug of the plugin: please report it`;
  return { code: status.INTERNAL, details, isBug: true };
}
