import type { OauthContext, PasswordResult } from '../../src/oauth/context.ts';
import type { Cause } from '../../src/oauth/errors/index.ts';
import { OAuthError } from '../../src/oauth/errors/oauth-error.ts';
import { digest } from '../../src/oauth/formats/digest.ts';
import type { ChangeRecord } from '../../src/ports/change-record.ts';
import type { Application, FoundCode, RefreshTokenState } from '../../src/ports/store/index.ts';

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
    endedBy: null,
    ...change,
  };
}

export function aRefreshGround(change: Partial<RefreshTokenState> = {}): RefreshTokenState {
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
    endedBy: null,
    ...change,
  };
}

/** What the fake world holds, and what was done to it. */
export interface World {
  readonly applications: Application[];
  code?: FoundCode | undefined;
  ground?: RefreshTokenState | undefined;
  password: PasswordResult;
  /** What the store says to a family that the password grant starts. */
  start: 'started' | 'refused';
  /** From when on the one secret of every confidential application is refused; `null`: never. */
  secretRetiresAt: number | null;
  /** Answers of conditional writes, first one first; `won` once there are none left. */
  readonly outcomes: ('won' | 'lost')[];
  /** The same of families that are revoked; `revoked` once there are none left. */
  readonly revocations: ('revoked' | 'already')[];
  /** Every write, every use of the door for passwords, every record, in order. */
  readonly done: string[];
  time: number;
}

/** A context of the protocol on a world that tests can set and look at. */
export function fakeContext(change: Partial<World> = {}): { readonly context: OauthContext; readonly world: World } {
  const world: World = {
    applications: [anApplication()],
    password: { outcome: 'refused' },
    start: 'started',
    secretRetiresAt: null,
    outcomes: [],
    revocations: [],
    done: [],
    time: now,
    ...change,
  };
  const note = (what: string) => void world.done.push(what);
  const outcome = (what: string) => {
    note(what);
    return world.outcomes.shift() ?? 'won';
  };
  let drawn = 0;
  const bytes = (count: number) => {
    drawn += 1;
    return Buffer.alloc(count, drawn);
  };
  const store = {
    applications: {
      findByClientId: async (clientId: string) => {
        const application = world.applications.find((known) => known.clientId === clientId);
        const { secretRetiresAt: validUntil } = world;
        const secrets = [{ id: '1', hash: digest(secret), lastFour: 'ight', createdAt: 0, validUntil }];
        return application && { application, secrets: application.confidential ? secrets : [] };
      },
    },
    codes: {
      find: async () => world.code,
      redeem: async () => outcome('redeem'),
      invalidate: async () => note('invalidate'),
    },
    families: {
      startByPassword: async (start: { userId: number; passwordEpoch: number }) => {
        note(`start for ${start.userId} at epoch ${start.passwordEpoch}`);
        return world.start;
      },
      findByRefreshToken: async () => world.ground,
      findByAccessToken: async () => undefined,
      rotate: async () => outcome('rotate'),
      revoke: async (familyId: string, _now: number, kept: ChangeRecord | null) => {
        const outcome = world.revocations.shift() ?? 'revoked';
        note(`revoke family ${familyId}`);
        if (kept !== null && outcome === 'revoked') note(`record ${kept.event.action}`);
        return outcome;
      },
      revokeAccessToken: async () => note('revoke access token'),
      touch: async () => {},
    },
    authorizations: {
      find: async () => undefined,
      grant: async () => 'granted',
      revoke: async ({ id, reason, record: kept }: { id: string; reason: string; record: ChangeRecord }) => {
        note(`revoke ${id} because ${reason}`);
        note(`record ${kept.event.action}`);
        return 'revoked';
      },
    },
  };
  const key = { id: 0, secret: Buffer.alloc(32, 1) };
  const context = {
    // The fakes have what the protocol calls, and nothing else.
    store: store as unknown as OauthContext['store'],
    clock: { now: () => world.time },
    random: { bytes, text: (count: number) => bytes(count).toString('base64url') },
    keys: { current: () => key, find: (id: number) => (id === 0 ? key : undefined) },
    settings: {
      issuer: 'https://insiders.example',
      accessTokenSeconds: 36_000,
      codeSeconds: 300,
      rotationOverlapSeconds: 60,
    },
    authenticate: async () => {
      note('password checked');
      return world.password;
    },
    recordFamilyUse: ({ familyId }: { familyId: string }) => note(`use of ${familyId}`),
    recordClientUse: () => {},
    replayRecord: async ({ authorizationId }: { authorizationId: string }) => {
      const actor = { kind: 'platform' } as const;
      const event = { at: now, actor, action: 'refresh_token.replayed', subject: `authorization:${authorizationId}` };
      return { event };
    },
    recordFailedAttempt: ({ action }: { action: string }) => note(`record failed attempt ${action}`),
  } satisfies OauthContext;
  return { context, world };
}

export function basicFor(clientId = 'insiders_app_1', clientSecret = secret): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** An error of the protocol's normal course, such as authorization_pending (RFC 8628 3.5): no row is routine yet. */
export function routineError(): OAuthError {
  const error: OAuthError = new OAuthError('code_unknown');
  const row = { ...error.row, routine: true } as const;
  return Object.defineProperty(error, 'row', { value: row });
}

/** Why `act` refuses; fails if it does not refuse. */
export async function causeOf(act: () => unknown): Promise<Cause> {
  return (await refused(act)).cause;
}

/** The error that `act` throws; fails if it does not refuse. */
export async function refused(act: () => unknown): Promise<OAuthError> {
  try {
    await act();
  } catch (thrown) {
    if (thrown instanceof OAuthError) return thrown;
    throw thrown;
  }
  throw new Error('It was not refused');
}
