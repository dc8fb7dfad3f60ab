import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorRows } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { apiErrors } from '../../messages/api-errors.ts';
import { documentedCode, documentedCodes } from './error-codes.ts';
import { errorExamples } from './error-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The endpoints for programs; errors of pages need no error code page. */
const endpoints = globSync('{http,api,endpoints}/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
/** Status and code of each `new Problem(404, 'not_found'` in the source. */
const thrown = endpoints.flatMap((path) => {
  const text = readFileSync(root + path, 'utf8');
  return [...text.matchAll(/new Problem\(\s*(\d{3}),\s*(?:\w+ \?\? )?'([a-z_]+)'/g)].map(
    ([, status = '', code = '']) => ({
      status: Number(status),
      code,
    }),
  );
});

describe('the documented error codes', () => {
  it('include every code of the OAuth endpoints', () => {
    const documented = documentedCodes.filter(({ oauth }) => oauth).map(({ code }) => code);
    const sent = new Set([...Object.values(errorRows).map(({ error }) => error), 'server_error']);
    expect(documented.sort()).toEqual([...sent].sort());
  });

  it('have the statuses that programs receive', () => {
    const statusesOf = (code: string) => documentedCode(code)?.statuses;
    expect(statusesOf('invalid_client')).toEqual([401]);
    expect(statusesOf('temporarily_unavailable')).toEqual([429, 503]);
    expect(statusesOf('access_denied')).toEqual([]);
    for (const row of Object.values(errorRows)) {
      if (row.at.includes('token')) expect(statusesOf(row.error)).toContain(statusOf(row, 'token'));
    }
    // Only the authorization endpoint sends this code, by a redirect.
    expect(statusesOf('unsupported_response_type')).toEqual([]);
  });

  it('include exactly the codes that the server and the API throw, with their statuses', () => {
    const codes = [...new Set(thrown.map(({ code }) => code))].sort();
    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(apiErrors).sort()).toEqual(codes);
    for (const { code, status } of thrown)
      expect([code, documentedCode(code)?.statuses]).toEqual([code, expect.arrayContaining([status])]);
  });

  it.each(documentedCodes.map((documented) => [documented.code, documented] as const))(
    'explain %s: its meaning, how to find its cause, and how to fix it',
    (code, documented) => {
      const { meaning, see, causes } = documented.explanation;
      for (const text of [meaning, see, ...causes.flatMap(({ cause, fix }) => [cause, fix])]) {
        expect(text).toMatch(/^[A-Z0-9a-z_].*\.$/);
      }
      expect(causes.length).toBeGreaterThan(0);
      const examples = errorExamples(documented, 'https://api.example').map(({ text }) => text);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example).toContain(code);
    },
  );

  it('are found by their exact name only', () => {
    expect(documentedCode('invalid_grant')?.redirected).toBe(false);
    expect(documentedCode('access_denied')?.redirected).toBe(true);
    for (const text of ['', 'constructor', 'invalid']) expect(documentedCode(text)).toBeUndefined();
  });
});
