import type { ApplicationSecret } from '../../ports/store/index.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import { digest, equalDigests } from '../formats/digest.ts';
import { lengthOf } from '../redact.ts';

const prefix = 'insiders_secret_';
/** The form of the secrets that we issue. They are random, so the last four characters reveal nothing of the rest. */
const secretSyntax = new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);

/** Finds the presented secret. Compares all of them, so that the time does not reveal which one matched. */
export function matchingSecret(
  secrets: readonly ApplicationSecret[],
  presented: string,
): ApplicationSecret | undefined {
  const hash = digest(presented);
  return secrets.filter((secret) => equalDigests(secret.hash, hash))[0];
}

/** Why none of the `active` secrets matched. `secrets` contains the revoked ones too. */
export function explainSecret({
  presented,
  secrets,
  active,
}: {
  readonly presented: string | null;
  readonly secrets: readonly ApplicationSecret[];
  readonly active: readonly ApplicationSecret[];
}): OAuthError {
  if (presented === null || presented === '') return new OAuthError('secret_missing');
  if (matchingSecret(active, presented.trim()) !== undefined) return new OAuthError('secret_space');
  const expected = active.map(({ lastFour }) => `ends in ${lastFour}`);
  const cause = matchingSecret(secrets, presented) === undefined ? 'wrong_secret' : 'secret_revoked';
  return new OAuthError(cause, { expected, received: describe(presented) });
}

/** The last four characters of text in the form of a client secret; only the length of any other text. */
function describe(presented: string): string {
  if (secretSyntax.test(presented)) return `ends in ${presented.slice(-4)}`;
  const length = lengthOf(presented);
  return presented.startsWith(prefix) ? length : `${length}, does not begin with ${prefix}`;
}
