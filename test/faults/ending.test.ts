import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { buildOnce, newPlace } from '../cli/run.ts';
import { basic } from '../support/oauth.ts';
import { newApplication, newPerson, type Person, type TestApplication } from '../support/people.ts';
import { type ServerProcess, serve } from '../support/program.ts';

const place = newPlace();
const form = 'Content-Type: application/x-www-form-urlencoded';
let application: TestApplication;
let person: Person;

beforeAll(async () => {
  buildOnce();
  const store = await openStore({ dataDir: place.dataDir });
  application = await newApplication({ store }, { grantType: 'password' });
  person = await newPerson({ store });
  await store.close();
}, 120_000);
afterAll(() => place.remove());

describe('a server that is told to end', () => {
  it('answers what was asked already, and does not wait for connections that are only kept open', async () => {
    const server = await start();
    const idle = await open(server);
    idle.socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await idle.says(/"status":"ok"/);
    const [asking, begun] = [await open(server), await open(server)];
    const body = `${new URLSearchParams({ grant_type: 'password', username: person.email, password: person.password })}`;
    const head = [
      'POST /oauth2/token/ HTTP/1.1',
      'Host: localhost',
      form,
      `Authorization: ${basic(application)}`,
      `Content-Length: ${body.length}`,
      '',
      '',
    ].join('\r\n');
    begun.socket.write(head + body.slice(0, 20));
    asking.socket.write(head + body);
    // It has read both once it answers somebody who came after them.
    await fetch(`${server.url}/healthz`);
    const asked = performance.now();
    const ended = server.stop();
    await idle.closed;
    begun.socket.write(body.slice(20));
    for (const each of [asking, begun]) {
      await each.closed;
      expect(each.text()).toMatch(/^HTTP\/1\.1 200 /);
      expect(each.text()).toContain('"access_token"');
    }
    expect(await ended).toBe(0);
    // Those who have their answer are not waited for, although they would ask for more.
    expect(performance.now() - asked).toBeLessThan(8000);
    expect(server.output.stderr).toBe('');
  });

  it('gives up those who never finish their request, and ends as it should', async () => {
    const server = await start();
    const stalled = [
      'GET /healthz HTT',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
      `POST /oauth2/token/ HTTP/1.1\r\nHost: localhost\r\n${form}\r\nContent-Length: 1000\r\n\r\ngrant_type=`,
      `POST /login/ HTTP/1.1\r\nHost: localhost\r\n${form}\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nemail=`,
      '',
    ];
    const clients = await Promise.all(stalled.map(() => open(server)));
    clients.forEach(({ socket }, index) => void socket.write(stalled[index] ?? ''));
    await fetch(`${server.url}/healthz`);
    const asked = performance.now();
    expect(await server.stop()).toBe(0);
    // Ten seconds of patience; whoever started it would lose theirs soon after.
    expect(performance.now() - asked).toBeLessThan(14_000);
    for (const client of clients) await client.closed;
  });

  async function start(): Promise<ServerProcess> {
    const environment = { INSIDERS_LOG_LEVEL: 'error' };
    const server = await serve(['--data-dir', place.dataDir], { environment });
    onTestFinished(() => server.kill());
    return server;
  }
});

interface Client {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  text(): string;
  /** Resolves once this came. */
  says(part: RegExp): Promise<void>;
}

function open({ url }: ServerProcess): Promise<Client> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  // A connection that is cut may say so or not.
  socket.on('error', () => {});
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  const says = async (part: RegExp) => {
    while (!part.test(text)) await new Promise((more) => socket.once('data', more));
  };
  return new Promise((done) => socket.once('connect', () => done({ socket, closed, text: () => text, says })));
}
