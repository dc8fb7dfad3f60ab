import { describe, expect, it } from 'vitest';
import type { Viewer } from '../http/guards/session.ts';
import { administrators, anyone, loggedIn } from './guard.ts';
import { sitemap } from './index.ts';
import type { FormPage, PageRequest, PageResponse } from './page.ts';
import { page } from './routes.ts';

const forAnyone = async (_: PageRequest): Promise<PageResponse> => ({ kind: 'redirect', location: '/' });
const forUsers = async ({ viewer }: PageRequest<Viewer>): Promise<PageResponse> => ({
  kind: 'redirect',
  location: `/${viewer.user.id}/`,
});
const formForUsers: FormPage<Viewer> = { get: forUsers, post: forUsers, formLimit: 100_000 };

describe('a line of the sitemap', () => {
  it('has its methods and its guard', () => {
    expect(page('GET', '/a/', anyone, forAnyone).methods).toEqual(['GET']);
    expect(page('POST', '/a/', anyone, forAnyone).methods).toEqual(['POST']);
    const { methods, guard } = page('GET POST', '/a/', administrators('read', 'answer'), formForUsers);
    expect(methods).toEqual(['GET', 'POST']);
    expect(guard).toMatchObject({ who: 'administrators', permissions: { see: 'read', send: 'answer' } });
  });

  it('may have a handler that needs no viewer behind a guard for users', () => {
    expect(page('GET', '/a/', loggedIn, forAnyone).guard.who).toBe('users');
  });

  it('compiles only if its handlers fit its methods and its guard', () => {
    // @ts-expect-error: the handler needs a viewer, and the guard does not ensure one.
    page('GET', '/a/', anyone, forUsers);
    // @ts-expect-error: the handlers of the form need a viewer.
    page('GET POST', '/a/', anyone, formForUsers);
    // @ts-expect-error: POST has no handler.
    page('GET POST', '/a/', loggedIn, forUsers);
    // @ts-expect-error: the form has a handler for POST, and the line no POST.
    page('GET', '/a/', loggedIn, formForUsers);
    // @ts-expect-error: large forms are for users only.
    const largeForAnyone: FormPage = { get: forAnyone, post: forAnyone, formLimit: 100_000 };
    expect(largeForAnyone).toBeDefined();
  });
});

it('the sitemap has each path once', () => {
  const paths = sitemap.map(({ path }) => path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});
