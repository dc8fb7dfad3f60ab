import type { ApplicationSecret } from '../../ports/store/index.ts';
import type { OtherCause, Shown } from '../errors.ts';
import { digest, equalDigests } from '../formats/digest.ts';
import { lengthOf } from '../redact.ts';

/** Why a client secret is not accepted, for the people who run the application. */
export interface WrongSecret {
  readonly cause: OtherCause;
  readonly shown: Shown;
}

const prefix = 'insiders_secret_';
/** Random, so its last characters tell nothing about the rest. */
const secretShape = new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);

/** The one of the secrets that was presented. Each is compared, so that the time does not tell which one it was. */
export function matchingSecret(
  secrets: readonly ApplicationSecret[],
  presented: string,
): ApplicationSecret | undefined {
  const hash = digest(presented);
  return secrets.filter((secret) => equalDigests(secret.hash, hash))[0];
}

/** Tells apart why none of the active secrets was presented. `secrets`: those that were revoked too. */
export function explainSecret({
  presented,
  secrets,
  active,
}: {
  readonly presented: string | null;
  readonly secrets: readonly ApplicationSecret[];
  readonly active: readonly ApplicationSecret[];
}): WrongSecret {
  if (presented === null || presented === '') return wrongSecret('secret_missing');
  if (matchingSecret(active, presented.trim()) !== undefined) return wrongSecret('secret_space');
  const expected = active.map(({ lastFour }) => `ends in ${lastFour}`);
  const cause = matchingSecret(secrets, presented) === undefined ? 'wrong_secret' : 'secret_retired';
  return wrongSecret(cause, { expected, received: describe(presented) });
}

export function wrongSecret(cause: OtherCause, shown: Shown = {}): WrongSecret {
  return { cause, shown };
}

/** The end of what has the form of a client secret; of anything else only its form. */
function describe(presented: string): string {
  if (secretShape.test(presented)) return `ends in ${presented.slice(-4)}`;
  const length = lengthOf(presented);
  return presented.startsWith(prefix) ? length : `${length}, does not begin with ${prefix}`;
}
