import type { OauthContext, PasswordResult } from '../../src/oauth/context.ts';
import type { Cause } from '../../src/oauth/errors/index.ts';
import { OAuthError } from '../../src/oauth/errors/oauth-error.ts';
import { digest } from '../../src/oauth/formats/digest.ts';
import type { ChangeRecord } from '../../src/ports/change-record.ts';
import type { Application, FoundCode, RefreshTokenState } from '../../src/ports/store/index.ts';

/** The time of the fake clock, unless a test sets another. */
export const now = Date.UTC(2026, 10, 23, 12);
export const secret = 'insiders_secret_right';

export function anApplication(change: Partial<Application> = {}): Application {
  return {
    id: 'application-1',
    clientId: 'insiders_app_1',
    name: 'AMS',
    ownerName: 'AMS Ltd',
    website: null,
    grantType: 'authorization_code',
    redirectUris: ['https://ams.example/callback'],
    confidential: true,
    accessTokenSeconds: null,
    refreshPolicy: 'stable',
    status: 'active',
    resourceServer: false,
    sandboxUserId: null,
    consentEpoch: 1,
    createdAt: 0,
    ...change,
  };
}

export function aCode(change: Partial<FoundCode> = {}): FoundCode {
  return {
    hash: digest('insiders_code_1'),
    authorizationId: 'authorization-1',
    applicationId: 'application-1',
    userId: 7,
    redirectUri: 'https://ams.example/callback',
    scope: 'all',
    codeChallenge: null,
    createdAt: now - 1000,
    expiresAt: now + 299_000,
    familyId: null,
    redeemedAt: null,
    invalidatedAt: null,
    precedesGrantType: false,
    revocationCause: null,
    ...change,
  };
}

export function aRefreshState(change: Partial<RefreshTokenState> = {}): RefreshTokenState {
  return {
    familyId: 'AAAAAAAAAAAAAAAAAAAAAA',
    authorizationId: 'authorization-1',
    userId: 7,
    applicationId: 'application-1',
    scope: 'all',
    createdAt: 0,
    position: 'current',
    replacedAt: null,
    sealedSuccessor: null,
    revocationCause: null,
    ...change,
  };
}

/** The data that the fakes return, and the calls that they got. Tests may change it at any time. */
export interface Fakes {
  readonly applications: Application[];
  code?: FoundCode | undefined;
  refreshState?: RefreshTokenState | undefined;
  password: PasswordResult;
  /** The result of `families.startByPassword`. */
  start: 'started' | 'refused';
  /** When the one secret of each confidential application expires; `null`: never. */
  secretValidUntil: number | null;
  /** The results of conditional writes, in order; `won` once there are none left. */
  readonly outcomes: ('won' | 'lost')[];
  /** The results of `families.revoke`, in order; `revoked` once there are none left. */
  readonly revocations: ('revoked' | 'already')[];
  /** Each write, password check and record, in order. */
  readonly calls: string[];
  /** Whether the throttle admits a failed client authentication. */
  guesses: 'admitted' | 'throttled';
  time: number;
}

/** A context of the protocol whose store, clock, randomness and keys are fakes. */
export function fakeContext(change: Partial<Fakes> = {}): { readonly context: OauthContext; readonly fakes: Fakes } {
  const fakes: Fakes = {
    applications: [anApplication()],
    password: { outcome: 'refused' },
    start: 'started',
    secretValidUntil: null,
    outcomes: [],
    revocations: [],
    calls: [],
    guesses: 'admitted',
    time: now,
    ...change,
  };
  const record = (call: string) => void fakes.calls.push(call);
  const outcome = (call: string) => {
    record(call);
    return fakes.outcomes.shift() ?? 'won';
  };
  let draws = 0;
  const bytes = (count: number) => {
    draws += 1;
    return Buffer.alloc(count, draws);
  };
  const store = {
    applications: {
      findByClientId: async (clientId: string) => {
        const application = fakes.applications.find((known) => known.clientId === clientId);
        const { secretValidUntil: validUntil } = fakes;
        const secrets = [{ id: '1', hash: digest(secret), lastFour: 'ight', createdAt: 0, validUntil }];
        return application && { application, secrets: application.confidential ? secrets : [] };
      },
    },
    throttles: {
      admit: async () =>
        fakes.guesses === 'admitted' ? { outcome: 'admitted' } : { outcome: 'throttled', key: '', retryAt: now + 7000 },
    },
    codes: {
      find: async () => fakes.code,
      redeem: async () => outcome('redeem'),
      invalidate: async () => record('invalidate'),
    },
    families: {
      startByPassword: async (start: { userId: number; passwordEpoch: number }) => {
        record(`start for ${start.userId} at epoch ${start.passwordEpoch}`);
        return fakes.start;
      },
      findByRefreshToken: async () => fakes.refreshState,
      findByAccessToken: async () => undefined,
      rotate: async () => outcome('rotate'),
      revoke: async (familyId: string, _now: number, change: ChangeRecord | null) => {
        const outcome = fakes.revocations.shift() ?? 'revoked';
        record(`revoke family ${familyId}`);
        if (change !== null && outcome === 'revoked') record(`record ${change.event.action}`);
        return outcome;
      },
      revokeAccessToken: async () => record('revoke access token'),
      touch: async () => {},
    },
    authorizations: {
      find: async () => undefined,
      grant: async () => 'granted',
      revoke: async ({ id, reason, record: change }: { id: string; reason: string; record: ChangeRecord }) => {
        record(`revoke ${id} because ${reason}`);
        record(`record ${change.event.action}`);
        return 'revoked';
      },
    },
  };
  const key = { id: 0, secret: Buffer.alloc(32, 1) };
  const context = {
    // The fake store has only the methods that the protocol calls.
    store: store as unknown as OauthContext['store'],
    clock: { now: () => fakes.time },
    random: { bytes, text: (count: number) => bytes(count).toString('base64url') },
    keys: { current: () => key, find: (id: number) => (id === 0 ? key : undefined) },
    settings: {
      issuer: 'https://insiders.example',
      accessTokenSeconds: 36_000,
      maxAccessTokenSeconds: 31_536_000,
      codeSeconds: 300,
      rotationOverlapSeconds: 60,
    },
    authenticate: async () => {
      record('password checked');
      return fakes.password;
    },
    recordFamilyUse: ({ familyId }: { familyId: string }) => record(`use of ${familyId}`),
    recordClientUse: () => {},
    replayRecord: async ({ authorizationId }: { authorizationId: string }) => {
      const actor = { kind: 'platform' } as const;
      const event = { at: now, actor, action: 'refresh_token.replayed', subject: `authorization:${authorizationId}` };
      return { event };
    },
    recordFailedAttempt: ({ action }: { action: string }) => record(`record failed attempt ${action}`),
  } satisfies OauthContext;
  return { context, fakes };
}

/** An Authorization header for a client, by default the fake application. */
export function basicFor(clientId = 'insiders_app_1', clientSecret = secret): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** An error whose row is `routine`, such as authorization_pending (RFC 8628 3.5): no row of the table is. */
export function routineError(): OAuthError {
  const error: OAuthError = new OAuthError('code_unknown');
  const row = { ...error.row, routine: true } as const;
  return Object.defineProperty(error, 'row', { value: row });
}

/** The cause of the {@link OAuthError} that `act` throws; fails if it throws none. */
export async function causeOf(act: () => unknown): Promise<Cause> {
  return (await refused(act)).cause;
}

/** The {@link OAuthError} that `act` throws; fails if it throws none. */
export async function refused(act: () => unknown): Promise<OAuthError> {
  try {
    await act();
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown;
    throw thrown;
  }
  throw new Error('No OAuthError was thrown');
}
