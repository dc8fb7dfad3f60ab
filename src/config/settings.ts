/** How the text of a setting is read. */
export type Kind =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] };

export interface Setting {
  /** The environment variable. */
  readonly name: string;
  readonly kind: Kind;
  /** As it would be written; `null`: not set. */
  readonly default: string | null;
  readonly meaning: string;
  /** Its value never appears in messages. */
  readonly secret?: true;
}

const seconds = (least: number, most: number): Kind => ({ kind: 'integer', least, most });

/** All settings. The configuration is read from this table, and docs/configuration.md is generated from it. */
export const settings = {
  publicUrl: {
    name: 'INSIDERS_PUBLIC_URL',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The origin that browsers and applications use, e.g. `https://api.example.com`. It is the issuer, and part of every link. https, except on a loopback address. Without it: `http://127.0.0.1:` and the port',
  },
  host: { name: 'INSIDERS_HOST', kind: { kind: 'text' }, default: '127.0.0.1', meaning: 'The address to listen on' },
  port: {
    name: 'INSIDERS_PORT',
    kind: { kind: 'integer', least: 1, most: 65_535 },
    default: '8080',
    meaning: 'The port to listen on',
  },
  dataDir: {
    name: 'INSIDERS_DATA_DIR',
    kind: { kind: 'text' },
    default: './data',
    meaning: 'Where the embedded database and the ring of keys are. Made if it is missing, for its owner only',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    kind: { kind: 'text' },
    default: null,
    meaning: '`postgres://…`: use this PostgreSQL instead of the embedded database',
    secret: true,
  },
  secretKeys: {
    name: 'INSIDERS_SECRET_KEYS',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The ring of keys, for several nodes: `id:secret[,id:secret…]`, the current one first; an id is 0 to 255, a secret at least 32 bytes as base64url. Without it the ring is in the data directory',
    secret: true,
  },
  trustProxy: {
    name: 'INSIDERS_TRUST_PROXY',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'Whose `X-Forwarded-For` is believed: addresses and networks such as `10.0.0.0/8`, separated by commas. Without it: nobody’s',
  },
  drainSeconds: {
    name: 'INSIDERS_DRAIN_SECONDS',
    kind: seconds(0, 300),
    default: null,
    meaning:
      'How long a server that is told to end goes on serving while `/readyz` is 503. Longer than load balancers take to notice. Without it: 10, or 0 with a loopback public URL',
  },
  accessTokenSeconds: {
    name: 'INSIDERS_ACCESS_TOKEN_SECONDS',
    kind: seconds(1, 31_536_000),
    default: '36000',
    meaning: 'How long an access token lives, unless its application has a policy of its own',
  },
  codeSeconds: {
    name: 'INSIDERS_CODE_SECONDS',
    kind: seconds(1, 600),
    default: '300',
    meaning: 'How long an authorization code lives',
  },
  sessionSeconds: {
    name: 'INSIDERS_SESSION_SECONDS',
    kind: seconds(60, 31_536_000),
    default: '1209600',
    meaning: 'How long a log-in of a browser lasts',
  },
  pendingRequestSeconds: {
    name: 'INSIDERS_PENDING_REQUEST_SECONDS',
    kind: seconds(1, 86_400),
    default: '3600',
    meaning: 'How long an authorization request waits for somebody to log in and decide',
  },
  rotationOverlapSeconds: {
    name: 'INSIDERS_ROTATION_OVERLAP_SECONDS',
    kind: seconds(0, 3600),
    default: '60',
    meaning: 'How long a rotated refresh token stays good',
  },
  apiRequestsPerMinute: {
    name: 'INSIDERS_API_REQUESTS_PER_MINUTE',
    kind: { kind: 'integer', least: 0, most: 10_000_000 },
    default: '6000',
    meaning: 'API requests that one application may send to one node in a minute; 0: as many as it likes',
  },
  passwordQueue: {
    name: 'INSIDERS_PASSWORD_QUEUE',
    kind: { kind: 'integer', least: 1, most: 10_000 },
    default: '100',
    meaning:
      'Passwords that may wait to be checked or hashed, a quarter of them from one network; beyond that the response is 503',
  },
  smtpUrl: {
    name: 'INSIDERS_SMTP_URL',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The mail server: `smtp://user:password@host:587` or `smtps://…`. Without it mails stay in the outbox, where `insiders mail list` and administrators read them',
    secret: true,
  },
  mailFrom: {
    name: 'INSIDERS_MAIL_FROM',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The address that mails come from, e.g. `no-reply@example.com`. Without it: `no-reply@` and the host of the public URL',
  },
  logLevel: {
    name: 'INSIDERS_LOG_LEVEL',
    kind: { kind: 'choice', of: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] },
    default: 'info',
    meaning: 'The least that is logged. Log lines are JSON on standard error, and never hold a secret',
  },
  metricsToken: {
    name: 'INSIDERS_METRICS_TOKEN',
    kind: { kind: 'text' },
    default: null,
    meaning: 'The bearer token that opens `/metrics`. Without it only callers on this machine may read it',
    secret: true,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
