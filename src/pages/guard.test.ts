import { describe, expect, it } from 'vitest';
import type { AdministratorRole } from '../ports/store/index.ts';
import { administrators, anyone, confirmed, loggedIn } from './guard.ts';

const now = 1_000_000_000;
const tenMinutes = 10 * 60 * 1000;
const request = (method: 'GET' | 'POST') => ({ method, url: '/page/?a=b' });
const name = { email: 'anna@club.example', firstName: 'Anna', lastName: 'Keller' };
const viewerWith = (administratorRole: AdministratorRole | null, confirmedAt = now) => ({
  user: { id: 7, ...name, administratorRole, createdAt: 0, disabledAt: null, passwordEpoch: 0 },
  session: { idHash: 'hash', userId: 7, createdAt: 0, expiresAt: now + 1, confirmedAt },
});
const user = viewerWith(null);

describe('the guard of a page', () => {
  it('for anyone admits with and without a login', () => {
    expect(anyone.admit(null, request('GET'), now)).toEqual({ viewer: null });
    expect(anyone.admit(user, request('GET'), now)).toEqual({ viewer: user });
  });

  it('for users redirects to the login page, which returns to the page: after a POST without its query', () => {
    expect(loggedIn.admit(user, request('POST'), now)).toEqual({ viewer: user });
    const pathBefore = (method: 'GET' | 'POST') => loggedIn.admit(null, request(method), now).redirectBefore;
    expect(pathBefore('GET')).toBe('/login/?next=%2Fpage%2F%3Fa%3Db');
    expect(pathBefore('POST')).toBe('/login/?next=%2Fpage%2F');
  });

  it('for administrators checks one permission to see the page and another to send its form', () => {
    const guard = administrators('read', 'answer');
    const auditor = viewerWith('auditor');
    expect(guard.admit(auditor, request('GET'), now)).toEqual({ viewer: auditor });
    expect(() => guard.admit(auditor, request('POST'), now)).toThrow('Your role does not permit this');
    const support = viewerWith('support');
    expect(guard.admit(support, request('POST'), now)).toEqual({ viewer: support });
  });

  it('for administrators hides the page from other users, and redirects to the login page without a login', () => {
    const guard = administrators('read');
    expect(() => guard.admit(user, request('GET'), now)).toThrow('There is nothing at this address');
    expect(guard.admit(null, request('GET'), now).redirectBefore).toMatch(/^\/login\//);
  });
});

describe('a guard that requires a confirmed password', () => {
  const guard = confirmed(administrators('administer'));

  it('admits for ten minutes after the confirmation, then redirects to confirm again', () => {
    const recent = viewerWith('administrator', now - tenMinutes);
    expect(guard.admit(recent, request('GET'), now)).toEqual({ viewer: recent });
    const old = viewerWith('administrator', now - tenMinutes - 1);
    expect(guard.admit(old, request('GET'), now).redirectBefore).toBe('/account/confirm/?next=%2Fpage%2F');
  });

  it('does not ask for the password if the viewer may not use the page', () => {
    expect(() => guard.admit(viewerWith('support', 0), request('GET'), now)).toThrow('Your role does not permit this');
    expect(guard.admit(null, request('GET'), now).redirectBefore).toMatch(/^\/login\//);
  });

  it('has the permissions of the guard it extends', () => {
    expect(guard).toMatchObject({ who: 'administrators', permissions: { see: 'administer', send: 'administer' } });
  });
});
