import { configuredEndpoint } from './configured-endpoint.ts';
import { partitionOfRegion } from './partitions.ts';

/** How a service's addresses are made. */
export interface EndpointName {
  /** What they begin with: `kinesis`. */
  readonly prefix: string;
  /** As the SDK's clients write it, for `AWS_ENDPOINT_URL_…` and the profile's `services`: `Kinesis`. */
  readonly serviceId: string;
  /** Partitions, or single regions, whose ordinary addresses are the FIPS ones, by id. */
  readonly fipsAnyway?: readonly string[];
  /** Partitions without FIPS addresses of the service, though others have them there, by id. */
  readonly withoutFips?: readonly string[];
  /** What FIPS addresses without dual stack begin with, where that is more than `prefix` with `-fips` behind. */
  readonly fips?: OwnPrefix;
  /** What dual-stack addresses begin with, where that is something else. */
  readonly dualStack?: DualStackName;
  /** Of a service that has one address for each partition, by the partition's id. */
  readonly global?: Readonly<Record<string, GlobalAddress>>;
  /** What stands before the region in dual-stack addresses of S3, which have the suffix of the ordinary ones. */
  readonly dualStackLabel?: string;
  /** Of a service whose addresses are all dual-stack ones, in every partition, whatever is asked for. */
  readonly dualStackOnly?: true;
  /** Whether a partition's ordinary addresses are the dual-stack ones as well; absent: in none they are. */
  readonly dualStackAnyway?: (partition: string, fips: boolean) => boolean;
}

/** In these partitions, by id; absent: in all. */
interface OwnPrefix {
  readonly prefix: string;
  readonly partitions?: readonly string[] | undefined;
}

interface DualStackName extends OwnPrefix {
  /** Of the addresses with FIPS; absent: as without. */
  readonly partitionsWithFips?: readonly string[];
  /** Partitions whose dual-stack addresses are the FIPS ones, by id. */
  readonly fipsAnyway?: readonly string[];
}

/** The one address of a service in a partition, its region aside. */
export interface GlobalAddress {
  /** The region that requests to it are signed for. */
  readonly signingRegion: string;
  /** What stands before the partition's suffix: ordinary, FIPS, dual stack, both. */
  readonly hosts: readonly [plain: string, fips: string, dualStack: string, both: string];
}

/** The region that requests to a service are signed for, asked from a region. */
export const signingRegionOf = ({ global }: EndpointName, region: string): string =>
  global?.[partitionOfRegion(region).id]?.signingRegion ?? region;

/**
 * Where a service of a region is asked, by the rules of AWS's endpoints for services that have nothing of their own
 * ("standard regional endpoints" of the SDKs' endpoint rule sets, read 2026-11-29).
 * @param profile null: that of the environment, else the default one
 * @throws EndpointError as the SDK's clients do, for settings that exclude each other
 */
export async function regionalEndpoint(
  { serviceId, ...named }: EndpointName,
  region: string,
  profile: string | null,
): Promise<URL> {
  const [{ EndpointError, partition }, config] = await Promise.all([
    import('@aws-sdk/core/client'),
    import('@smithy/core/config'),
  ]);
  const place = profile === null ? {} : { profile };
  const [configured, fips, asksDualStack] = await Promise.all([
    configuredEndpoint(serviceId, profile),
    config.loadConfig(config.NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, place)(),
    config.loadConfig(config.NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, place)(),
  ]);
  const { dualStackOnly = false } = named;
  const dualStack = asksDualStack && !dualStackOnly;
  if (configured !== undefined) {
    if (fips) throw new EndpointError('Invalid Configuration: FIPS and custom endpoint are not supported');
    if (dualStack)
      throw new EndpointError('Invalid Configuration: Dualstack and custom endpoint are not supported');
    return new URL(configured);
  }
  const { name, dnsSuffix, dualStackDnsSuffix, supportsDualStack, supportsFIPS } = partition(region);
  if (dualStackOnly)
    return new URL(`https://${named.prefix}${fips ? '-fips' : ''}.${region}.${dualStackDnsSuffix}`);
  if (fips && !supportsFIPS)
    throw new EndpointError('FIPS is enabled but this partition does not support FIPS');
  if (fips && named.withoutFips?.includes(name)) throw new EndpointError('Partition does not support FIPS');
  if (dualStack && !supportsDualStack)
    throw new EndpointError('DualStack is enabled but this partition does not support DualStack');
  const { fipsAnyway = [], dualStackLabel } = named;
  const { dualStackAnyway = () => dualStackLabel !== undefined } = named;
  const prefix = dualStack ? dualStackPrefix(named, name, fips) : named.prefix;
  const suffix = dualStack && !dualStackAnyway(name, fips) ? dualStackDnsSuffix : dnsSuffix;
  const address = named.global?.[name];
  if (address !== undefined) {
    const host = address.hosts[(fips ? 1 : 0) + (dualStack ? 2 : 0)];
    return new URL(`https://${host}.${suffix}`);
  }
  const unmarked = dualStack ? (named.dualStack?.fipsAnyway ?? []) : fipsAnyway;
  const isMarked = fips && ![name, region].some((place) => unmarked.includes(place));
  const marked = (!dualStack && ownPrefix(named.fips, name)) || `${prefix}-fips`;
  const label = dualStack && dualStackLabel !== undefined ? `.${dualStackLabel}` : '';
  return new URL(`https://${isMarked ? marked : prefix}${label}.${region}.${suffix}`);
}

function dualStackPrefix(
  { prefix, dualStack }: Pick<EndpointName, 'prefix' | 'dualStack'>,
  partition: string,
  fips: boolean,
): string {
  const own = fips
    ? { ...dualStack, partitions: dualStack?.partitionsWithFips ?? dualStack?.partitions }
    : dualStack;
  return ownPrefix(own, partition) ?? prefix;
}

/** Undefined: there is none in this partition. */
function ownPrefix(own: Partial<OwnPrefix> | undefined, partition: string): string | undefined {
  const { partitions = [partition] } = own ?? {};
  return partitions.includes(partition) ? own?.prefix : undefined;
}
