import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';

/** Hosts whose session is kept: a region has 15 of them, and each session takes a few kilobytes. */
const mostSessions = 500;

/**
 * Opens connections of which each takes up the last TLS session of its host: that saves both sides the certificates,
 * more than half of what a handshake costs. undici itself knows sessions by weak references only, and loses them to the
 * next collection of garbage.
 */
export function resumingSessions(
  tls: buildConnector.BuildOptions,
  most = mostSessions,
): buildConnector.connector {
  const sessions = new Map<string, Buffer>();

  function keep(hostname: string, session: Buffer | undefined): void {
    if (session === undefined) return;
    // What was not heard of for longest comes first, and goes first.
    sessions.delete(hostname);
    sessions.set(hostname, session);
    const [oldest] = sessions.keys();
    if (sessions.size > most && oldest !== undefined) sessions.delete(oldest);
  }

  return (target, callback) => {
    const { hostname } = target;
    const known = sessions.get(hostname);
    const session = known === undefined ? {} : { session: known };
    const connect = buildConnector({ ...tls, ...session, maxCachedSessions: 0 });
    connect(target, (...opened) => {
      const [, socket] = opened;
      if (socket instanceof TLSSocket) {
        // TLS 1.3 gives sessions after the handshake, and some hosts more than one; before 1.3 they come with it.
        if (socket.getProtocol() !== 'TLSv1.3') keep(hostname, socket.getSession());
        socket.on('session', (given) => keep(hostname, given));
      }
      callback(...opened);
    });
  };
}
