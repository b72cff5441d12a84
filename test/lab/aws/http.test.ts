import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newOrganization } from '../../../lab/aws/build.ts';
import { readRequest, Unreadable } from '../../../lab/aws/http/read-request.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

const post = (body: string, more = '') =>
  `POST / HTTP/1.1\r\nHost: kms\r\nX-Amz-Target: TrentService.ListKeys\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;

test('a request is read when it is whole, and no further', () => {
  const whole = Buffer.from(`${post('{"Limit":7}')}GET / HTTP/1.1`);
  const length = whole.indexOf('GET');
  for (let end = 0; end < length; end++) expect(readRequest(whole.subarray(0, end))).toBeNull();
  const read = readRequest(whole);
  expect(read).toMatchObject({
    end: length,
    request: { method: 'POST', path: '/', query: '', headers: { 'x-amz-target': 'TrentService.ListKeys' } },
  });
  expect(read !== null && read !== 'body' && read.request.body.toString()).toBe('{"Limit":7}');
});

test('the query stands apart, and headers that come twice are a list', () => {
  const read = readRequest(Buffer.from('GET /b?policy&x=1 HTTP/1.1\r\na:1\r\nA: 2 \r\n\r\n'));
  expect(read).toMatchObject({ request: { path: '/b', query: 'policy&x=1', headers: { a: '1, 2' } } });
});

test.each([
  'GET / HTTP/1.0\r\n\r\n',
  'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
  'GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n',
  'GET / HTTP/1.1\r\nno colon\r\n\r\n',
])('%j is no request of a client of AWS', (written) => {
  expect(() => readRequest(Buffer.from(written))).toThrow(Unreadable);
});

let simulator: Simulator;
let socket: Socket;
beforeEach(async () => {
  simulator = await startSimulator(newOrganization());
  socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
});
afterEach(() => {
  socket.destroy();
  return simulator.close();
});

/** What the simulator sends until it has answered so many requests, and has nothing more to say. */
async function answersTo(count: number): Promise<string[]> {
  let received = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) {
    received += chunk;
    if (received.split('HTTP/1.1 ').length > count) break;
  }
  return received.split(/(?=HTTP\/1\.1 )/);
}

test('two requests that come at once are answered in turn', async () => {
  socket.write(post('{}') + post('{}'));
  const answers = await answersTo(2);
  expect(answers.map((answer) => answer.split('\r\n')[0])).toEqual([
    'HTTP/1.1 400 Bad Request',
    'HTTP/1.1 400 Bad Request',
  ]);
  const [head, body = ''] = (answers[0] ?? '').split('\r\n\r\n');
  expect(head).toContain(`Content-Length: ${body.length}\r\n`);
  expect(head).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/);
  expect(JSON.parse(body)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});

test('a client that asks whether it may go on may', async () => {
  const whole = post('{}', 'Expect: 100-continue\r\n');
  socket.write(whole.slice(0, -2));
  expect(await answersTo(1)).toEqual(['HTTP/1.1 100 Continue\r\n\r\n']);
});

test('HEAD gets no body', async () => {
  const head = 'HEAD /bucket HTTP/1.1\r\nHost: s3\r\n\r\n';
  socket.write(head + head);
  const [first = ''] = await answersTo(2);
  expect(first).toMatch(/Content-Length: [1-9]/);
  expect(first.split('\r\n\r\n')[1]).toBe('');
});

test('what is no request ends the connection', async () => {
  socket.write('hello\r\n\r\n');
  await expect(once(socket, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(simulator.requests.inFlight).toBe(0);
});
