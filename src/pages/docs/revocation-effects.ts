/** What an event does to tokens that were issued before it. A test causes each event and checks the tokens. */
interface RevocationEffect {
  readonly event: string;
  readonly accessToken: 'ends' | 'stays active';
  readonly refreshToken: 'ends' | 'stays active';
}

export const revocationEffects = {
  access_token_revoked: row('An access token is revoked', 'ends', 'stays active'),
  refresh_token_revoked: row('A refresh token is revoked', 'ends', 'ends'),
  disconnected: row('The user disconnects the application', 'ends', 'ends'),
  password_changed: row('The user changes the password, with the password grant', 'ends', 'ends'),
  password_changed_after_consent: row(
    'The user changes the password, with the authorization code grant',
    'stays active',
    'stays active',
  ),
  logged_out: row('The user logs out of this site', 'stays active', 'stays active'),
  code_replayed: row('The code is sent a second time', 'ends', 'ends'),
  refresh_token_replayed: row('A refresh token that was replaced is sent after the overlap', 'ends', 'ends'),
  suspended: row('The application is suspended, until it is resumed', 'ends', 'ends'),
  resumed: row('The application is resumed', 'stays active', 'stays active'),
  secret_replaced: row('The client secret is replaced', 'stays active', 'stays active'),
  grant_type_switched: row('The grant type of the application is switched', 'stays active', 'stays active'),
} as const satisfies Readonly<Record<string, RevocationEffect>>;

export type RevocationEventId = keyof typeof revocationEffects;

/** Replaces the line `{{endings}}` by a Markdown table. */
export function expandRevocationEffects(markdown: string): string {
  const rows = Object.values(revocationEffects).map(
    ({ event, accessToken, refreshToken }) => `| ${event} | ${accessToken} | ${refreshToken} |`,
  );
  const table = ['| Event | Access token | Refresh token |', '| --- | --- | --- |', ...rows].join('\n');
  return markdown.replace(/^\{\{endings\}\}$/gm, table);
}

function row(
  event: string,
  accessToken: RevocationEffect['accessToken'],
  refreshToken: RevocationEffect['refreshToken'],
): RevocationEffect {
  return { event, accessToken, refreshToken };
}
