import type { CredentialSource } from './settings.ts';

/** Who some credentials are, by GetCallerIdentity. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, … from the ARN. */
  readonly partition: string;
}

/** A role, and how it wants to be asked. */
export interface AssumableRole {
  readonly roleArn: string;
  /** Null: `cloudquery-aws-encryption`. */
  readonly sessionName: string | null;
  readonly externalId: string | null;
}

/**
 * Credentials that renew themselves. Nothing is asked of AWS before the first use; the secrets themselves
 * never leave the AWS layer.
 */
export interface Session {
  /** Asked once, then remembered. @throws AwsError */
  identity(): Promise<CallerIdentity>;
  /** A role assumed with these credentials, when it is first used. */
  assumeRole(role: AssumableRole): Session;
}

/** Calls made for a scope, retries included. */
export interface CallCounts {
  readonly requests: number;
  readonly throttles: number;
}

/**
 * The way into one account × region (or `global`) of AWS with some credentials. Holds the pacers of that scope:
 * open one per scope, hand it to `kmsReads` and its like, close it when the scope is done.
 */
export interface ScopeAccess {
  /** 12 digits; null while it is not known whose the credentials are. */
  readonly accountId: string | null;
  readonly region: string;
  readonly counts: CallCounts;
  /** Drops clients and pacers. */
  close(): void;
}

/** The AWS layer as one sync sees it. */
export interface Aws {
  /** The credentials that a part of the spec names. */
  session(source: CredentialSource): Session;
  open(session: Session, accountId: string | null, region: string): ScopeAccess;
}
