/** A reverse proxy in front of a site that records every request and can respond to some itself. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listenOn } from '../support/processes/listen.ts';

export interface OwnResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export class Front {
  readonly url: string;
  /** Closed after the last test of the file, if not before. */
  readonly close: () => Promise<void>;
  /** Method, path and query of each request, in order. */
  readonly seen: readonly string[];

  private constructor({ url, close }: Listening, seen: readonly string[]) {
    this.url = url;
    this.close = close;
    this.seen = seen;
  }

  /** `instead` returns a response, or `undefined` to forward the request to the site. */
  static async before(
    site: { readonly url: string },
    instead: (request: string) => OwnResponse | undefined = () => undefined,
  ): Promise<Front> {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      const line = `${request.method} ${request.url}`;
      seen.push(line);
      const own = instead(line);
      if (own !== undefined) request.resume().once('end', () => response.writeHead(own.status, own.headers).end());
      // The site or the client disconnected in the middle of the request; a disconnected client does not get the 502.
      else forward(site.url, request, response).catch(() => response.writeHead(502).end());
    });
    return new Front(await listenOn(server), seen);
  }
}

async function forward(url: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { authorization = '', 'content-type': contentType = '' } = incoming.headers;
  const response = await fetch(url + (incoming.url ?? ''), {
    method: incoming.method ?? 'GET',
    headers: { authorization, ...(contentType === '' ? {} : { 'content-type': contentType }) },
    redirect: 'manual',
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  const text = await response.text();
  outgoing.writeHead(response.status, { 'content-type': type }).end(text);
}
