import { describe, expect, it } from 'vitest';
import { basicFor, refused } from '../../../test/support/oauth-fakes.ts';
import { parseParams } from '../params.ts';
import { presentedClient } from './credentials.ts';

describe('the client of a request (RFC 6749 2.3)', () => {
  const header = basicFor('a', 'b');

  it.each([
    ['the header', header, ''],
    ['the header, and the same client_id in the body', header, 'client_id=a'],
    ['the body', undefined, 'client_id=a&client_secret=b'],
  ])('is read from %s', (_title, authorization, body) => {
    expect(presentedClient(authorization, parseParams(body))).toEqual({ clientId: 'a', secret: 'b' });
  });

  it.each([
    ['nothing is shown', undefined, '', 'invalid_client', 'credentials_missing'],
    ['both carry a secret', header, 'client_id=a&client_secret=b', 'invalid_request', 'credentials_twice'],
    ['a secret stands alone beside the header', header, 'client_secret=b', 'invalid_request', 'credentials_twice'],
    ['the two name different clients', header, 'client_id=c', 'invalid_request', 'credentials_differ'],
    [
      'the header is not Basic, whatever the body has',
      'Bearer x',
      'client_id=a&client_secret=b',
      'invalid_client',
      'credentials_malformed',
    ],
  ])('is refused when %s', async (_title, authorization, body, reason, cause) => {
    const act = () => presentedClient(authorization, parseParams(body));
    expect(await refused(act)).toMatchObject({ row: { error: reason }, cause });
  });
});
