import { connect, type Socket } from 'node:net';

/** What came back for bytes that were sent as they are. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes that no client library would, and reads until the server closes. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((answered, failed) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('The server does not answer')));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.once('error', (error) => (text === '' ? failed(error) : answered(parse(text))));
    socket.once('close', () => answered(parse(text)));
  });
}

/** A request with this first line and these lines below it, and no body unless there is one. */
export function rawRequest(first: string, lines: readonly string[] = [], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`${first} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...length, ...lines, '', body].join('\r\n');
}

/** The same with a body in chunks, whose length is not said before. */
export function chunkedRequest(first: string, lines: readonly string[], parts: readonly string[]): string {
  const head = rawRequest(first, ['Transfer-Encoding: chunked', ...lines]);
  return head + [...parts, ''].map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    head: end === -1 ? text : text.slice(0, end),
    body: end === -1 ? '' : text.slice(end + 4),
  };
}

/** A connection that the test leaves open. */
export interface OpenConnection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  /** All that came so far. */
  text(): string;
  /** Resolves once this came. */
  says(part: RegExp): Promise<void>;
}

export function openRaw(url: string): Promise<OpenConnection> {
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
    while (!part.test(text)) {
      if (socket.destroyed) throw new Error(`The connection was closed before it said ${part}:\n${text}`);
      await new Promise<unknown>((more) => socket.once('data', more).once('close', more));
    }
  };
  return new Promise((done, failed) => {
    socket.once('connect', () => done({ socket, closed, text: () => text, says }));
    socket.once('close', () => failed(new Error(`${url} does not take connections`)));
  });
}
