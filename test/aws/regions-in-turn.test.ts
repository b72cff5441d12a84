import { describe, expect, it } from 'vitest';
import { AwsError, type Reason } from '../../src/aws/error.ts';
import { candidateRegions, RegionsInTurn } from '../../src/aws/regions-in-turn.ts';

describe('regions that are asked when the home region is forbidden', () => {
  it.each<[partition: string, chosen: string, regions: readonly string[]]>([
    [
      'aws',
      'eu-north-1',
      ['eu-north-1', 'us-east-1', 'eu-west-1', 'us-west-2', 'ap-southeast-1', 'eu-central-1'],
    ],
    ['aws-cn', 'cn-northwest-1', ['cn-northwest-1', 'cn-north-1']],
    ['aws-us-gov', 'us-gov-west-1', ['us-gov-west-1', 'us-gov-east-1']],
    ['aws-eusc', 'eusc-de-east-1', ['eusc-de-east-1']],
    ['aws-iso', 'us-iso-east-1', ['us-iso-east-1', 'us-iso-west-1']],
    ['aws-iso-f', 'us-isof-south-1', ['us-isof-south-1', 'us-isof-east-1']],
  ])('of %s, when %s was chosen', (partition, chosen, regions) => {
    expect(candidateRegions(partition, chosen, []).regions).toEqual(regions);
  });

  it('are those that the spec names first, of the partition alone, each once', () => {
    const named = ['*', 'cn-north-1', 'sa-east-1', 'us-east-1'];
    expect(candidateRegions('aws', 'us-east-1', named).regions).toEqual([
      'us-east-1',
      'sa-east-1',
      'eu-west-1',
      'us-west-2',
      'ap-southeast-1',
      'eu-central-1',
    ]);
  });
});

describe('regions in turn', () => {
  const candidates = { home: 'us-east-1', regions: ['us-east-1', 'eu-west-1', 'us-west-2'] };
  const failure = (reason: Reason, region: string, detail = '') =>
    new AwsError(reason, 'Code', { operation: 'account:ListRegions', accountId: null, region }, detail);
  /** Fails in each region as said; regions that are not named answer. */
  const turns = (reasons: Readonly<Record<string, [Reason, string?]>>) => {
    const asked: string[] = [];
    const noted: string[] = [];
    const inTurn = new RegionsInTurn(candidates, undefined, ({ site }) => noted.push(site.region));
    const ask = () =>
      inTurn.ask(async (region) => {
        asked.push(region);
        const [reason, detail] = reasons[region] ?? [];
        if (reason !== undefined) throw failure(reason, region, detail);
        return region;
      });
    return { asked, noted, ask };
  };

  it('go on where a region is forbidden, and begin there the next time', async () => {
    const { asked, noted, ask } = turns({ 'us-east-1': ['access_denied'] });
    expect(await ask()).toBe('eu-west-1');
    expect(await ask()).toBe('eu-west-1');
    expect(asked).toEqual(['us-east-1', 'eu-west-1', 'eu-west-1']);
    expect(noted).toEqual(['us-east-1']);
  });

  it('tell the denial when no region serves, and where they asked', async () => {
    const { asked, noted, ask } = turns({
      'us-east-1': ['region_disabled', 'It is off.'],
      'eu-west-1': ['access_denied', 'A policy denies it.'],
      'us-west-2': ['region_disabled'],
    });
    await expect(ask()).rejects.toMatchObject({
      reason: 'access_denied',
      site: { region: 'eu-west-1' },
      detail: 'A policy denies it (asked in us-east-1, eu-west-1, us-west-2)',
    });
    expect(asked).toEqual(candidates.regions);
    expect(noted).toEqual(['us-east-1', 'eu-west-1']);
  });

  it('tell the first failure where none is a denial, as it was when one region was asked', async () => {
    const disabled: [Reason, string?] = ['region_disabled'];
    const all = turns({ 'us-east-1': disabled, 'eu-west-1': disabled, 'us-west-2': disabled });
    await expect(all.ask()).rejects.toMatchObject({
      site: { region: 'us-east-1' },
      detail: 'asked in us-east-1, eu-west-1, us-west-2',
    });
    const one = turns({ 'us-east-1': ['throttled', 'Slow down.'] });
    await expect(one.ask()).rejects.toMatchObject({ reason: 'throttled', detail: 'Slow down.' });
    expect(one.asked).toEqual(['us-east-1']);
    expect(one.noted).toEqual([]);
  });

  it('are two where AWS is out of reach', async () => {
    const broken: [Reason, string?] = ['timeout'];
    const { asked, ask } = turns({ 'us-east-1': broken, 'eu-west-1': broken, 'us-west-2': broken });
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout', site: { region: 'us-east-1' } });
    expect(asked).toEqual(['us-east-1', 'eu-west-1']);
  });

  it('end with what fails after a region has served', async () => {
    const inTurn = new RegionsInTurn(candidates);
    const asked: string[] = [];
    const failing = inTurn.ask(async (region, served) => {
      asked.push(region);
      served();
      throw failure('access_denied', region, 'Not this page.');
    });
    await expect(failing).rejects.toMatchObject({ detail: 'Not this page.' });
    expect(asked).toEqual(['us-east-1']);
  });

  it('go on where credentials are not known, unless that is the home region', async () => {
    const elsewhere = turns({ 'us-east-1': ['access_denied'], 'eu-west-1': ['credentials_unusable'] });
    expect(await elsewhere.ask()).toBe('us-west-2');
    const home = turns({ 'us-east-1': ['credentials_unusable'] });
    await expect(home.ask()).rejects.toMatchObject({ reason: 'credentials_unusable' });
    expect(home.asked).toEqual(['us-east-1']);
  });
});
