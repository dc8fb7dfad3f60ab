/** A server in front of a site, that sees every request, and can answer one itself. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Site } from '../support/server.ts';

export interface OwnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export class Front {
  readonly url: string;
  /** Method, path and query of each request, in the order in which they came. */
  readonly seen: string[] = [];
  readonly close: () => void;

  private constructor(url: string, close: () => void) {
    this.url = url;
    this.close = close;
  }

  /** `instead` answers for the site, or leaves it to the site with `undefined`. */
  static async before(site: Site, instead: (request: string) => OwnAnswer | undefined = () => undefined) {
    const server = createServer((request, response) => {
      const what = `${request.method} ${request.url}`;
      front.seen.push(what);
      const own = instead(what);
      if (own === undefined) void pass(site.url, request, response);
      else request.resume().once('end', () => response.writeHead(own.status, own.headers).end());
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const front: Front = new Front(`http://127.0.0.1:${port}`, () => {
      server.close();
      server.closeAllConnections();
    });
    return front;
  }
}

async function pass(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { authorization = '', 'content-type': contentType = '' } = request.headers;
  const answer = await fetch(url + (request.url ?? ''), {
    method: request.method ?? 'GET',
    headers: { authorization, ...(contentType === '' ? {} : { 'content-type': contentType }) },
    redirect: 'manual',
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
}
