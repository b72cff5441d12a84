import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { newOrganization } from '../../../lab/aws/build.ts';
import { withCertificates } from '../../../lab/aws/certificates.ts';
import { startSimulator } from '../../../lab/aws/server.ts';

const host = 'kms.us-east-1.amazonaws.com';

test('under TLS the simulator knows which hosts are asked, and by how many connections', () =>
  withCertificates(['*.us-east-1.amazonaws.com'], async ({ authority, key, certificate }) => {
    const [ca, keyText, cert] = await Promise.all(
      [authority, key, certificate].map((file) => readFile(file, 'utf8')),
    );
    const simulator = await startSimulator(newOrganization(), {
      tls: { key: keyText ?? '', cert: cert ?? '' },
    });
    const port = Number(new URL(simulator.url).port);
    const ask = async () => {
      const socket = connect({ host: '127.0.0.1', port, servername: host, ca });
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      for await (const chunk of socket) return String(chunk);
      return '';
    };
    const answers = [await ask(), await ask()];
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 403', 'HTTP/1.1 403']);
    expect(answers[0]).not.toContain('Keep-Alive');
    await expect.poll(() => simulator.hosts.byName()[host]?.inFlight).toBe(0);
    expect(simulator.hosts.byName()).toEqual({
      [host]: { connections: 2, resumed: 0, inFlight: 0, peakInFlight: 1 },
    });
    await simulator.close();
  }));
