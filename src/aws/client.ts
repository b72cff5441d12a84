import { configuredEndpoint } from './configured-endpoint.ts';
import type { HttpHandler } from './http-handler.ts';
import type { CustomEndpoint } from './settings.ts';

/** AWS credentials. Never logged, never in an error. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** What every client of the AWS SDK is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: { (): Promise<Credentials>; memoized: boolean };
  readonly requestHandler: HttpHandler;
  /** Trying again is our own affair. */
  readonly maxAttempts: 1;
  readonly retryMode: 'standard';
  readonly defaultsMode: 'standard';
  /** Of the configuration files: what it says of endpoints holds for the calls with its credentials. */
  readonly profile?: string;
  readonly endpoint?: string;
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
}

export function clientConfig(
  region: string,
  credentials: () => Promise<Credentials>,
  requestHandler: HttpHandler,
  { custom: endpoint, profile }: Destination,
): ClientConfig {
  return {
    region: endpoint?.signingRegion ?? region,
    // The SDK would otherwise keep credentials of its own and not see that ours are renewed.
    credentials: Object.assign(credentials, { memoized: true }),
    requestHandler,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    ...destination(endpoint, profile),
  };
}

/** What decides to which address calls go. */
export interface Destination {
  /** By the spec: it wins over all that the environment and profiles say. */
  readonly custom: CustomEndpoint | null;
  /** Null: that of the environment, else the default one. */
  readonly profile: string | null;
}

/** The same for every client, those that fetch credentials included. */
export function destination(
  custom: CustomEndpoint | null,
  profile: string | null,
): Pick<ClientConfig, 'profile' | 'endpoint' | 'useFipsEndpoint' | 'useDualstackEndpoint'> {
  if (custom !== null) return { endpoint: custom.url, useFipsEndpoint: false, useDualstackEndpoint: false };
  return profile === null ? {} : { profile };
}

/** What a read needs no part of, and what costs CPU in each call. */
const needless = ['loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware'];
/** Trying again is our own affair. Others are placed relative to it: it gives way to one that only passes on. */
const retry = 'retryMiddleware';
/** What asks for an address that the environment or a profile names. */
const endpointSource = 'serviceConfiguredEndpoint';

interface SdkClient {
  readonly config: { readonly serviceId: string; readonly profile?: string };
  readonly middlewareStack: {
    remove(name: string): boolean;
    add(
      middleware: <Next>(next: Next) => Next,
      options: { name: string; step: 'finalizeRequest'; priority: 'high' },
    ): void;
  };
}

/**
 * Strips a client of the middlewares that give nothing here, and has it ask where its profile says.
 * @throws Error when the SDK knows one of them by another name: it would be slow, try again twice, or ask elsewhere
 */
export function slim<Client extends SdkClient>(client: Client): Client {
  const { config, middlewareStack: stack } = client;
  const gone = [...needless, retry].filter((name) => !stack.remove(name));
  if (!(endpointSource in config)) gone.push(endpointSource);
  if (gone.length > 0) {
    throw new Error(
      `The client for ${config.serviceId} of this AWS SDK has no ${gone.join(', ')}: look up the new name for src/aws/client.ts`,
    );
  }
  Object.assign(config, {
    [endpointSource]: () => configuredEndpoint(config.serviceId, config.profile ?? null),
  });
  stack.add((next) => next, { name: retry, step: 'finalizeRequest', priority: 'high' });
  return client;
}

/**
 * The SDK's announcement that it leaves Node 20 in January 2027: its version is pinned and bundled, so it helps nobody.
 * On a Node that has a future nothing is silenced.
 */
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
