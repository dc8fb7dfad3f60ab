import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageHeaders } from '../http/headers.ts';
import type { PageResponse } from './page.ts';
import { renderDocument } from './ui/document.tsx';

/** Writes the response of a page with its headers. */
export function send(response: PageResponse, http: FastifyRequest, reply: FastifyReply) {
  switch (response.kind) {
    case 'redirect':
      if (!/^\/(?![/\\])/.test(response.location)) {
        throw new RangeError('A redirect within the site begins with one slash');
      }
      return sendLocation(response.location, http, reply);
    case 'callback':
      return sendLocation(response.location, http, reply);
    case 'document':
      pageHeaders(reply);
      if (response.fileName) reply.header('content-disposition', `attachment; filename="${response.fileName}"`);
      return reply.type(response.contentType).send(response.body);
    case 'page':
      pageHeaders(reply, response.formTargets);
      if (response.retryAfterSeconds !== undefined) reply.header('retry-after', String(response.retryAfterSeconds));
      return reply
        .code(response.status ?? 200)
        .type('text/html; charset=utf-8')
        .send(renderDocument(response.view));
  }
}

function sendLocation(location: string, http: FastifyRequest, reply: FastifyReply) {
  pageHeaders(reply);
  // 303 after a POST makes the browser send a GET. Clients of the authorization endpoint expect 302 after a GET.
  return reply
    .code(http.method === 'POST' ? 303 : 302)
    .header('location', location)
    .send();
}
