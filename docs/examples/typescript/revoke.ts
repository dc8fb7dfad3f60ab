/**
 * Revoke: gives a refresh token back, for instance when a person disconnects your application.
 *
 * Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... node revoke.ts
 * Needs: Node 24 or later, no packages
 */
const insidersUrl = process.env.INSIDERS_URL ?? 'https://api.insiders.example';
const clientId = process.env.INSIDERS_CLIENT_ID ?? 'YOUR_CLIENT_ID_HERE';
const timeoutMs = 10_000;

async function revoke(refreshToken: string): Promise<void> {
  const credentials = Buffer.from(`${clientId}:${needed('INSIDERS_CLIENT_SECRET')}`).toString('base64');
  const answer = await fetch(`${insidersUrl}/oauth2/revoke-token/`, {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ token: refreshToken, token_type_hint: 'refresh_token' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  // 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
  if (answer.status === 200) return;
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
  const { error, error_description } = isJson ? ((await answer.json()) as Record<string, string>) : {};
  const reasons = [error, error_description].filter((reason) => reason !== undefined);
  throw new Error([`/oauth2/revoke-token/ answered ${answer.status}`, ...reasons].join(': '));
}

function needed(name: string): string {
  const value = process.env[name] ?? '';
  if (value === '') throw new Error(`${name} is not set`);
  return value;
}

try {
  await revoke(needed('REFRESH_TOKEN'));
  console.log('Revoked: this refresh token and its access tokens no longer work.');
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
