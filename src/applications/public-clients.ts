import type { Application } from '../ports/store/index.ts';

/** Sentences without their full stop, as in the lists of problems of an application. */
export const publicClientProblems = {
  password:
    'A public application has no secret, so any program can pose as it and collect passwords: choose authorization_code',
  stable:
    'A public application has no secret that protects a stolen refresh token: its refresh tokens are replaced at each use',
} as const;

/**
 * What a public client may not have: the password grant (RFC 9700 2.4), and refresh tokens that stay the same
 * (RFC 9700 2.2.2). Earlier releases allowed both, so stored applications can have them.
 */
export function publicClientViolations(
  application: Pick<Application, 'confidential' | 'grantType' | 'refreshPolicy'>,
): readonly (keyof typeof publicClientProblems)[] {
  if (application.confidential) return [];
  return [
    ...(application.grantType === 'password' ? (['password'] as const) : []),
    ...(application.refreshPolicy === 'stable' ? (['stable'] as const) : []),
  ];
}
