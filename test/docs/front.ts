/** A server in front of a site, that sees every request, and can answer one itself. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listenOn } from '../support/servers.ts';

export interface OwnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export class Front {
  readonly url: string;
  /** Closed after the last test of the file, if not before. */
  readonly close: () => Promise<void>;
  /** Method, path and query of each request, in the order in which they came. */
  readonly seen: readonly string[];

  private constructor({ url, close }: Listening, seen: readonly string[]) {
    this.url = url;
    this.close = close;
    this.seen = seen;
  }

  /** `instead` answers for the site, or leaves it to the site with `undefined`. */
  static async before(
    site: { readonly url: string },
    instead: (request: string) => OwnAnswer | undefined = () => undefined,
  ): Promise<Front> {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      const what = `${request.method} ${request.url}`;
      seen.push(what);
      const own = instead(what);
      if (own !== undefined) request.resume().once('end', () => response.writeHead(own.status, own.headers).end());
      // The site or the client went away in the middle of the request. A client that is gone gets nothing from this.
      else pass(site.url, request, response).catch(() => response.writeHead(502).end());
    });
    return new Front(await listenOn(server), seen);
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
  const text = await answer.text();
  response.writeHead(answer.status, { 'content-type': type }).end(text);
}
