import type { Authenticate } from '../accounts/authenticator.ts';
import type { Config } from '../config/load.ts';
import type { OauthContext } from '../oauth/context.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobState } from '../ports/job-state.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store/index.ts';
import type { Draining } from './draining.ts';

/** The program that runs on this node, for the system page. */
interface About {
  readonly version: string;
  readonly startedAt: number;
  readonly jobs: () => readonly JobState[];
}

/** The parts that endpoints and pages use. Created once, by main.ts. */
export interface Services {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: PasswordHasher;
  /** The check of passwords, with its throttle. */
  readonly authenticate: Authenticate;
  readonly oauth: OauthContext;
  /** Counts an API request of an application in memory; a job writes the counts. `at`: ms since 1970. */
  readonly recordRequest: (applicationId: string, at: number) => void;
  readonly about: About;
  readonly draining: Draining;
  /** Whether this node can check the access tokens that every node issues. */
  readonly hasSigningKey: () => Promise<boolean>;
  /** The OpenAPI document of the API; it is complete once the server is ready. */
  readonly apiDocument: () => object;
}
