import type { FastifyInstance } from 'fastify';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import type { Services } from '../http/services.ts';

const path = '/.well-known/security.txt';
const dayMs = 86_400_000;
/** How long the file is valid, from the beginning of the day. RFC 9116 2.5.5 recommends less than a year. */
const validDays = 180;

/** `GET /.well-known/security.txt` (RFC 9116). Without a contact there is no such route. */
export function securityTxtEndpoint(app: FastifyInstance, { config, clock }: Services): void {
  const { securityContact, publicUrl } = config;
  if (securityContact === null) return;
  app.get(path, async (_request, reply) => {
    responseHeaders(reply);
    return reply.type('text/plain; charset=utf-8').send(securityTxt(securityContact, publicUrl, clock.now()));
  });
  refuseOtherMethods(app, path, ['GET']);
}

/** The text of the file. `now`: ms since 1970. Without https there are no links, because RFC 9116 forbids http. */
function securityTxt(contact: string, publicUrl: string, now: number): string {
  const expires = new Date(now - (now % dayMs) + validDays * dayMs);
  const links = [`Canonical: ${publicUrl}${path}`, `Policy: ${publicUrl}/docs/security/#report-a-vulnerability`];
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en',
    ...(publicUrl.startsWith('https:') ? links : []),
    '',
  ].join('\n');
}
