/**
 * Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... node refresh.ts
 *        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
 * Needs: Node 24 or later, no packages
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const clientId = process.env.INSIDERS_CLIENT_ID ?? 'YOUR_CLIENT_ID_HERE';
const clientSecret = process.env.INSIDERS_CLIENT_SECRET ?? '';
const tokenFile = process.env.INSIDERS_TOKEN_FILE ?? 'insiders-tokens.json';
/** Before its end at which an access token is replaced. */
const marginSeconds = 5 * 60;
const timeoutMs = 10_000;

interface Tokens {
  access_token: string;
  refresh_token: string;
  /** Seconds since 1970. */
  expires_at: number;
}

/** Callers in this process share one keeper. Several processes need one lock for all, such as a row in a database. */
class TokenKeeper {
  #tokens = load();
  /** The lock: callers that come while a refresh is under way wait for its end. */
  #refreshing: Promise<void> | undefined;

  async accessToken(): Promise<string> {
    if (Date.now() / 1000 >= this.#tokens.expires_at - marginSeconds) {
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
    return this.#tokens.access_token;
  }

  async #refresh(): Promise<void> {
    const answer = await fetch(`${insidersUrl}/oauth2/token/`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: this.#tokens.refresh_token }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status !== 200) throw await refusal(answer);
    const { access_token, refresh_token, expires_in } = (await answer.json()) as Omit<Tokens, 'expires_at'> & {
      expires_in: number;
    };
    // Always the refresh token of the answer: it may be a new one.
    this.#tokens = { access_token, refresh_token, expires_at: Math.floor(Date.now() / 1000) + expires_in };
    store(this.#tokens);
    console.log(`Refreshed: good for ${expires_in} s`);
  }
}

function load(): Tokens {
  if (existsSync(tokenFile)) return JSON.parse(readFileSync(tokenFile, 'utf8')) as Tokens;
  const refresh_token = process.env.REFRESH_TOKEN ?? '';
  if (refresh_token === '') {
    throw new Error('There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN');
  }
  return { access_token: '', refresh_token, expires_at: 0 };
}

/** Readable by its owner only, and never half written. */
function store(tokens: Tokens): void {
  writeFileSync(`${tokenFile}.part`, JSON.stringify(tokens), { mode: 0o600 });
  renameSync(`${tokenFile}.part`, tokenFile);
}

async function refusal(answer: Response): Promise<Error> {
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
  const { error = '', error_description = '' } = isJson ? ((await answer.json()) as Record<string, string>) : {};
  const reason = `${error}: ${error_description}`;
  if (error !== 'invalid_grant') return new Error(`/oauth2/token/ answered ${answer.status}: ${reason}`);
  rmSync(tokenFile, { force: true });
  return new Error(`The user must authorize again (${reason})`);
}

async function countDevices(accessToken: string): Promise<number> {
  const answer = await fetch(`${insidersUrl}/api/v1/devices/?current=true`, {
    headers: { Authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.status !== 200) throw new Error(`/api/v1/devices/ answered ${answer.status}`);
  return ((await answer.json()) as { count: number }).count;
}

try {
  if (clientSecret === '') throw new Error('INSIDERS_CLIENT_SECRET is not set');
  const keeper = new TokenKeeper();
  const accessTokens = await Promise.all([keeper.accessToken(), keeper.accessToken(), keeper.accessToken()]);
  console.log(`Access tokens of ${accessTokens.length} parallel callers: ${new Set(accessTokens).size}`);
  console.log(`You currently own ${await countDevices(await keeper.accessToken())} devices.`);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
