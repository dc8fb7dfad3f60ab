import { describe, expect, it } from 'vitest';
import { visibleText } from '../../../test/support/site/http-browser.ts';
import { messagesFor } from '../messages/index.ts';
import type { PageContext } from '../page-context.ts';
import { renderDocument } from '../ui/document.tsx';
import { Changes } from './changes.tsx';

const context: PageContext = {
  messages: messagesFor('en'),
  viewer: null,
  csrf: '',
  path: '/',
  returnPath: '/',
  assets: (name) => name,
  theme: 'auto',
};

/** The text of each line of an entry. */
function linesOf(event: Parameters<typeof Changes>[0]['event']): readonly string[] {
  const html = renderDocument(<Changes context={context} event={event} />);
  return [...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = '']) => visibleText(line));
}

describe('an entry of the audit log', () => {
  it('shows its changes with labels and texts', () => {
    expect(
      linesOf({
        before: { grant_type: 'password', resourceServer: false, accessTokenSeconds: null },
        after: { grant_type: 'authorization_code', resourceServer: true, accessTokenSeconds: 3600 },
        detail: { due_at: Date.UTC(2026, 4, 31, 9, 30), to: 'password', last_four: 'x3Yz', when: 'idle', users: 3 },
      }),
    ).toEqual([
      'Grant type: Resource Owner Password Credentials → Authorization Code',
      'Introspects all tokens: no → yes',
      'Access token lifetime (seconds): – → 3600',
      'Date of the change: 31 May 2026, 09:30 UTC',
      'New grant type: Resource Owner Password Credentials',
      'Last four characters: x3Yz',
      'Revoked: When it was not used for a day',
      'Users: 3',
    ]);
  });

  it('of another release, or a damaged one, is shown as stored', () => {
    const damaged = JSON.parse('{"__proto__":"a","constructor":"b","colour":"red","role":"toString","due_at":1e300}');
    expect(linesOf({ detail: damaged })).toEqual([
      '__proto__: a',
      'constructor: b',
      'colour: red',
      'Role: toString',
      'Date of the change: 1e+300',
    ]);
  });
});
