import { describe, expect, it } from 'vitest';
import { services } from '../../src/services/catalogue.ts';
import { servicesByDefault } from '../../src/services/choice.ts';
import { parseSpec, SpecError } from '../../src/spec/parse.ts';
import { badSpecs, goodSpecs } from './specs.ts';

const parse = (written: unknown) => parseSpec(JSON.stringify(written));

describe('a good spec', () => {
  it.each(Object.entries(goodSpecs))('%s', (_, written) => {
    expect(() => parse(written)).not.toThrow();
  });

  it.each(['', ' \n', 'null', '{}'])('all defaults from %j', (text) => {
    expect(parseSpec(text)).toEqual({
      settings: {
        organization: { regions: ['*'], accounts: [], org: null },
        aws: {
          concurrency: 256,
          maxRetries: 10,
          maxBackoff: 30,
          quotaShare: 0.5,
          requestsPerSecond: {},
          customEndpoint: null,
          regionHint: null,
        },
        enumerate: {
          includeGrants: true,
          includeKeyLastUsage: false,
          includeKeyMetrics: false,
          includeIam: false,
        },
        sync: {
          awsDebug: false,
          resourceServices: servicesByDefault,
          includeOrganizationPolicies: true,
          knownAccounts: {},
          deletion: 'scope',
          history: false,
        },
      },
      warnings: [],
    });
  });

  it.each<[string, readonly string[] | null, readonly string[]]>([
    ['left out', null, servicesByDefault],
    ['empty', [], servicesByDefault],
    ['of all', ['*'], services],
    ['in another order', ['sns', 'sqs'], ['sqs', 'sns']],
  ])('services, %s', (_, written, read) => {
    expect(parse({ resource_services: written }).settings.sync.resourceServices).toEqual(read);
  });

  it('keeps what was written', () => {
    const { settings } = parse({
      ...Object(goodSpecs['an account with all keys']),
      ...Object(goodSpecs['an emulator']),
      ...Object(goodSpecs["this plugin's own keys"]),
      aws_debug: true,
      regions: ['eu-west-1'],
    });
    expect(settings).toEqual({
      organization: {
        regions: ['eu-west-1'],
        accounts: [
          {
            id: '111122223333',
            accountName: 'data',
            roleArn: 'arn:aws:iam::111122223333:role/posture',
            roleSessionName: 'cloudquery',
            externalId: 'x',
            localProfile: 'p',
            defaultRegion: 'us-east-1',
            regions: ['us-east-1'],
          },
        ],
        org: null,
      },
      aws: {
        concurrency: 1,
        maxRetries: 0,
        maxBackoff: 0,
        quotaShare: 1,
        requestsPerSecond: { 'kms:DescribeKey': 1000, 'kms:GetKeyLastUsage': 0.5 },
        customEndpoint: {
          url: 'http://127.0.0.1:4566',
          partitionId: 'aws',
          signingRegion: 'us-east-1',
          hostnameImmutable: true,
        },
        regionHint: 'eu-west-1',
      },
      enumerate: {
        includeGrants: false,
        includeKeyLastUsage: true,
        includeKeyMetrics: true,
        includeIam: true,
      },
      sync: {
        awsDebug: true,
        resourceServices: ['sqs', 'backup'],
        includeOrganizationPolicies: false,
        knownAccounts: { '999988887777': 'auditor' },
        deletion: 'generation',
        history: true,
      },
    });
  });

  it('deletes nothing where the destination keeps history', () => {
    expect(parse({ history: true }).settings.sync.deletion).toBe('none');
    expect(parse({ history: false }).settings.sync.deletion).toBe('scope');
    expect(parse({ deletion: 'none' }).settings.sync).toMatchObject({ deletion: 'none', history: false });
  });

  it('keeps the whole org block', () => {
    expect(parse(goodSpecs['an organization with all keys']).settings.organization.org).toEqual({
      adminAccount: {
        roleArn: 'arn:aws:iam::111122223333:role/a',
        localProfile: 'p',
        roleSessionName: null,
        externalId: null,
        defaultRegion: null,
      },
      memberTrustedPrincipal: {
        roleArn: null,
        localProfile: 'audit',
        roleSessionName: null,
        externalId: null,
        defaultRegion: null,
      },
      memberRoleName: 'audit/posture',
      memberRoleSessionName: 'cloudquery',
      memberExternalId: 'x/1',
      memberRegions: ['*'],
      organizationUnits: ['ou-ab12-11111111', 'r-ab12'],
      skipOrganizationUnits: [],
      skipMemberAccounts: ['000011112222'],
    });
  });

  it('takes empty text as not given', () => {
    const { settings } = parse(goodSpecs['an account by a label, with empty text for what is not given']);
    expect(settings.organization.accounts[0]).toEqual({
      id: 'cq-playground',
      accountName: null,
      roleArn: null,
      roleSessionName: null,
      externalId: null,
      localProfile: null,
      defaultRegion: null,
      regions: [],
    });
  });
});

describe('warnings', () => {
  it("names the ignored keys of CloudQuery's AWS source in one, and caps concurrency with one", () => {
    const { settings, warnings } = parse(goodSpecs["an existing block of CloudQuery's AWS source"]);
    expect(warnings).toEqual([
      "These keys of CloudQuery's AWS source have no effect in this plugin: `initialization_concurrency`, `use_paid_apis`, `table_options`, `event_based_sync`, `scheduler`.",
      'spec.concurrency is 50000; this plugin uses at most 1024.',
    ]);
    expect(settings.aws.concurrency).toBe(1024);
  });

  it('has none about 1024 requests in flight or an ignored key without a value', () => {
    expect(parse({ concurrency: 1024, scheduler: null }).warnings).toEqual([]);
  });
});

describe('a wrong spec', () => {
  it.each(badSpecs)('%j', (written, sentence) => {
    expect(() => parse(written)).toThrow(new SpecError(sentence));
  });

  it('is refused when it is not JSON', () => {
    expect(() => parseSpec('regions: [x]')).toThrow(/^spec is not JSON; /);
  });

  it('is cut where it is long', () => {
    expect(() => parse({ aws_debug: 'x'.repeat(5000) })).toThrow(
      new SpecError(`spec.aws_debug is "${'x'.repeat(59)}…; it must be true or false`),
    );
  });

  it('never repeats an external id or a password', () => {
    for (const [, sentence] of badSpecs) expect(sentence).not.toContain('hush');
  });
});
