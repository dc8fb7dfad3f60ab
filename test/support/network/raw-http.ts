/** HTTP over plain sockets, for requests that no client library sends. */
import { connect, type Socket } from 'node:net';

/** A response, parsed as far as the server sent it; `status` is 0 without a status line. */
export interface RawResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends bytes on a new connection and reads until the server closes it. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('The server does not respond')));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.once('error', (error) => (text === '' ? reject(error) : resolve(parse(text))));
    socket.once('close', () => resolve(parse(text)));
  });
}

/** An HTTP/1.1 request with a method and target, header lines, and optionally a body. */
export function rawRequest(requestLine: string, lines: readonly string[] = [], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`${requestLine} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...length, ...lines, '', body].join(
    '\r\n',
  );
}

/** The same with a chunked body. */
export function chunkedRequest(requestLine: string, lines: readonly string[], parts: readonly string[]): string {
  const head = rawRequest(requestLine, ['Transfer-Encoding: chunked', ...lines]);
  return head + [...parts, ''].map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
}

function parse(text: string): RawResponse {
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
  /** Everything received so far. */
  text(): string;
  /** Resolves once the received text matches; rejects if the connection is closed before. */
  says(part: RegExp): Promise<void>;
}

/** Opens a connection. Rejects if no server listens. */
export function openRaw(url: string): Promise<OpenConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  // A reset connection may emit an error; `close` follows.
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
