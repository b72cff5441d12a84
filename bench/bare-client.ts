/**
 * What Node alone costs for as many calls: one request, signed once, sent again and again over undici's own pool, and
 * nothing read of an answer but its JSON. Told as JSON on standard output.
 */
import { Pool } from 'undici';
import { Signer } from '../src/aws/sigv4.ts';

const [url = '', calls = '', inFlight = ''] = process.argv.slice(2);
const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = process.env;
const { origin, host } = new URL(url);
// Its answer is as long as DescribeKey's.
const body = JSON.stringify({ Limit: 5 });
const headers = new Signer('us-east-1', 'kms').sign(
  {
    method: 'POST',
    host,
    path: '/',
    query: '',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
    body,
  },
  {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  },
  new Date(),
);

const pool = new Pool(origin, { connections: Number(inFlight) });
let left = Number(calls);

async function ask(): Promise<void> {
  const answer = await pool.request({ path: '/', method: 'POST', headers, body });
  if (answer.statusCode !== 200) throw new Error(await answer.body.text());
  await answer.body.json();
}

async function asker(): Promise<void> {
  while (left > 0) {
    left -= 1;
    await ask();
  }
}

const start = performance.now();
const cpu = process.cpuUsage();
await Promise.all(Array.from({ length: Number(inFlight) }, asker));
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({ seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }),
);
await pool.close();
