import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slim } from '../../src/aws/client.ts';

/** The clients of the pinned SDK that the product imports; tests import more. */
const packages = [
  ...new Set(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap(
        (name) => readFileSync(join('src', name), 'utf8').match(/@aws-sdk\/client-[\w-]+(?=')/g) ?? [],
      ),
  ),
];

test('there are such clients', () => expect(packages).toContain('@aws-sdk/client-s3'));

type Client = Parameters<typeof slim>[0] & { readonly middlewareStack: { identify(): string[] } };

async function newClient(name: string): Promise<Client> {
  const exported: Record<string, unknown> = await import(name);
  const [Client] = Object.entries(exported).flatMap(([key, value]) =>
    /^[A-Z]\w*Client$/.test(key) ? [value as new (config: { region: string }) => Client] : [],
  );
  if (Client === undefined) throw new Error(`${name} exports no client`);
  return new Client({ region: 'eu-west-1' });
}

test.each(packages)('%s has all that it is stripped of, by the name that we know', async (name) => {
  const client = slim(await newClient(name));
  const left = client.middlewareStack.identify().join('\n');
  expect(left).not.toMatch(/logger|recursionDetection|userAgent/i);
  expect(left).toContain('retryMiddleware - finalizeRequest');
});

test.each(['loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware', 'retryMiddleware'])(
  'a client that has no %s is refused by that name',
  async (name) => {
    const client = await newClient('@aws-sdk/client-sts');
    client.middlewareStack.remove(name);
    expect(() => slim(client)).toThrow(`The client for STS of this AWS SDK has no ${name}:`);
  },
);

test('so is one that looks up its address by another name', async () => {
  const client = await newClient('@aws-sdk/client-sts');
  Reflect.deleteProperty(client.config, 'serviceConfiguredEndpoint');
  expect(() => slim(client)).toThrow('has no serviceConfiguredEndpoint:');
});
