/**
 * Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... node password.ts
 * Needs: Node 24 or later, no packages. Prefer the authorization code where you can: it needs no password.
 */
const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const clientId = process.env.INSIDERS_CLIENT_ID ?? 'YOUR_CLIENT_ID_HERE';
const timeoutMs = 10_000;

async function logIn(username: string, password: string) {
  const credentials = Buffer.from(`${clientId}:${needed('INSIDERS_CLIENT_SECRET')}`).toString('base64');
  const answer = await fetch(`${insidersUrl}/oauth2/token/`, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'password', username, password }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return (await read(answer)) as { access_token: string; expires_in: number; refresh_token: string };
}

async function countDevices(accessToken: string): Promise<number> {
  const answer = await fetch(`${insidersUrl}/api/v1/devices/?current=true`, {
    headers: { Authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  return ((await read(answer)) as { count: number }).count;
}

/** The JSON of a 200; anything else is an error, with the reasons that the server gives. */
async function read(answer: Response): Promise<unknown> {
  if (answer.status === 200) return answer.json();
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
  const { error, error_description, detail } = isJson ? ((await answer.json()) as Record<string, string>) : {};
  const reasons = [error, error_description, detail].filter((reason) => reason !== undefined);
  throw new Error([`${new URL(answer.url).pathname} answered ${answer.status}`, ...reasons].join(': '));
}

function needed(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') throw new Error(`${name} is not set`);
  return value;
}

try {
  const tokens = await logIn(needed('INSIDERS_USERNAME'), needed('INSIDERS_PASSWORD'));
  // Forget the password now and keep tokens.refresh_token: it gets new access tokens from here on.
  console.log(`You currently own ${await countDevices(tokens.access_token)} devices.`);
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
