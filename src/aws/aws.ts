import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { configuredRegion, fetchBaseCredentials, stsRegion } from './base-credentials.ts';
import { destination } from './client.ts';
import { type Clock, type Random, systemClock } from './clock.ts';
import { sharedDispatcher } from './dispatcher.ts';
import type { CallSite } from './error.ts';
import { httpHandler } from './http-handler.ts';
import { rememberingMissingHosts } from './missing-hosts.ts';
import { Pacers } from './pacers.ts';
import { Requests } from './requests.ts';
import { type AwsContext, ScopeAccess } from './scope-access.ts';
import { Session } from './session.ts';
import type { AwsSettings, CredentialSource } from './settings.ts';
import { SignUps } from './sign-ups.ts';

/** The AWS layer as one sync sees it. */
export interface Aws {
  /** The credentials that a part of the spec names; nothing is asked of AWS before their first use. */
  session(source: CredentialSource): Promise<Session>;
  /** @param accountId 12 digits, or null while it is not known whose the credentials are */
  open(session: Session, accountId: string | null, region: string): ScopeAccess;
  /** Those that it makes, among those of the whole process. */
  readonly requests: Requests;
}

/** What a sync shares with others, and what tests put in its place. */
export interface AwsSurroundings {
  /** Ends every call and every wait at once, with `cancelled`. */
  readonly signal: AbortSignal;
  /** Those of the whole process; absent: this sync's own. */
  readonly requests?: Requests;
  /** Those of the whole process; absent: this sync's own. */
  readonly pacers?: Pacers;
  /** Absent: the connections of the whole process. */
  readonly dispatcher?: Dispatcher;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Told of each call that AWS did not deny. */
  readonly answered?: (site: CallSite) => void;
  /** Told of every request, in a line without secrets. */
  readonly trace?: (line: string) => void;
}

export function connectAws(settings: AwsSettings, surroundings: AwsSurroundings): Aws {
  // Every request in flight listens; Node takes more than ten for a leak.
  setMaxListeners(0, surroundings.signal);
  const context: AwsContext = {
    settings,
    requests: surroundings.requests ?? new Requests(settings.concurrency),
    pacers: surroundings.pacers ?? new Pacers(),
    clock: surroundings.clock ?? systemClock,
    random: surroundings.random ?? Math.random,
    signal: surroundings.signal,
    signUps: new SignUps(),
    answered: surroundings.answered ?? null,
    trace: surroundings.trace ?? null,
    dispatcher: rememberingMissingHosts(surroundings.dispatcher ?? sharedDispatcher()),
    endpoints: new Map(),
  };
  return {
    session: sessionsOf(context),
    open: (session, accountId, region) => new ScopeAccess(context, session, accountId, region),
    requests: context.requests,
  };
}

/**
 * Parts of a spec that name the same credentials share one session: who they are is asked once, a role is assumed
 * once, and so are the credentials fetched that many roles are assumed with (of the machine, or of a single sign-on).
 */
function sessionsOf(context: AwsContext): Aws['session'] {
  const opened = new Map<string, Promise<Session>>();
  const session = (source: CredentialSource): Promise<Session> => {
    const { localProfile, roleArn, roleSessionName, externalId, defaultRegion } = source;
    const name = JSON.stringify([localProfile, roleArn, roleSessionName, externalId, defaultRegion]);
    const opening = opened.get(name) ?? openSession(context, source, session);
    opened.set(name, opening);
    return opening;
  };
  return session;
}

async function openSession(
  context: AwsContext,
  source: CredentialSource,
  session: Aws['session'],
): Promise<Session> {
  const { roleArn, roleSessionName: sessionName, externalId } = source;
  if (roleArn !== null) {
    const base = await session({ ...source, roleArn: null, roleSessionName: null, externalId: null });
    return base.assumeRole({ roleArn, sessionName, externalId });
  }
  const { customEndpoint, regionHint } = context.settings;
  const region = stsRegion({
    defaultRegion: source.defaultRegion,
    configured: await configuredRegion(source.localProfile),
    hint: regionHint,
    partitionId: customEndpoint?.partitionId ?? null,
  });
  const client = {
    region,
    requestHandler: httpHandler(context.dispatcher),
    ...destination(customEndpoint, source.localProfile),
  };
  const place = { region, accountId: null, profile: source.localProfile };
  return new Session(context, place, () => fetchBaseCredentials(source.localProfile, client));
}
