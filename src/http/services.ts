import type { Authenticate } from '../accounts/authenticator.ts';
import type { Config } from '../config/load.ts';
import type { OauthContext } from '../oauth/context.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobState } from '../ports/job-state.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store/index.ts';
import type { Draining } from './draining.ts';

/** This program, as it runs on this node. */
interface About {
  readonly version: string;
  readonly startedAt: number;
  readonly jobs: () => readonly JobState[];
}

/** What every endpoint, page and API resource is given. Made once, by the composition root. */
export interface Services {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: PasswordHasher;
  /** The one check of passwords. */
  readonly authenticate: Authenticate;
  readonly oauth: OauthContext;
  /** An API request of an application; counted on the side. */
  readonly noteRequest: (applicationId: string, at: number) => void;
  /** What runs here, for the system page. */
  readonly about: About;
  readonly draining: Draining;
  /** Whether this node can check the access tokens that every node issues. */
  readonly hasSigningKey: () => Promise<boolean>;
  /** The OpenAPI document of the API; it is complete once the server is ready. */
  readonly apiDocument: () => object;
}
