/** How the text of a setting is parsed. */
export type SettingKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] };

export interface Setting {
  /** The environment variable. */
  readonly name: string;
  readonly kind: SettingKind;
  /** The default as text; `null`: not set. */
  readonly default: string | null;
  /** For docs/configuration.md: sentences without a final period. */
  readonly meaning: string;
  /** The value never appears in messages or in the log. */
  readonly secret?: true;
}

const seconds = (least: number, most: number): SettingKind => ({ kind: 'integer', least, most });

/**
 * The longest lifetime of an access token, in seconds: one year. It bounds the setting and the policies of
 * applications. A token that expires later is refused, so a release that lowers it ends such tokens.
 */
export const maxAccessTokenSeconds = 31_536_000;

/** The table of settings: the configuration is read by it, and docs/configuration.md is generated from it. */
export const settings = {
  publicUrl: {
    name: 'INSIDERS_PUBLIC_URL',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The origin that browsers and applications use, e.g. `https://api.example.com`. It is the issuer, and a part of every link. It must be https, except on a loopback address. Without it: `http://127.0.0.1:` and the port',
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
    meaning:
      'The directory of the embedded database and the key ring. It is created if it is missing, with access for its owner only',
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
      'The key ring, for several nodes: `id:secret[,id:secret…]`, the current key first. An id is 0 to 255, a secret at least 32 bytes as base64url. Without it, the key ring is in the data directory',
    secret: true,
  },
  trustProxy: {
    name: 'INSIDERS_TRUST_PROXY',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The proxies whose `X-Forwarded-For` is trusted: addresses and networks such as `10.0.0.0/8`, separated by commas. Without it: none',
  },
  drainSeconds: {
    name: 'INSIDERS_DRAIN_SECONDS',
    kind: seconds(0, 300),
    default: null,
    meaning:
      'How long the server keeps serving requests after the signal to stop, while `/readyz` returns 503. Choose it longer than your load balancer takes to notice. Without it: 10, or 0 with a loopback public URL',
  },
  accessTokenSeconds: {
    name: 'INSIDERS_ACCESS_TOKEN_SECONDS',
    kind: seconds(1, maxAccessTokenSeconds),
    default: '36000',
    meaning: 'The lifetime of an access token, unless its application has a policy of its own',
  },
  codeSeconds: {
    name: 'INSIDERS_CODE_SECONDS',
    kind: seconds(1, 600),
    default: '300',
    meaning: 'The lifetime of an authorization code',
  },
  sessionSeconds: {
    name: 'INSIDERS_SESSION_SECONDS',
    kind: seconds(60, 31_536_000),
    default: '1209600',
    meaning: 'How long a browser stays logged in',
  },
  pendingRequestSeconds: {
    name: 'INSIDERS_PENDING_REQUEST_SECONDS',
    kind: seconds(1, 86_400),
    default: '3600',
    meaning: 'How long an authorization request waits for the user to log in and decide',
  },
  rotationOverlapSeconds: {
    name: 'INSIDERS_ROTATION_OVERLAP_SECONDS',
    kind: seconds(0, 3600),
    default: '60',
    meaning: 'How long a refresh token stays valid after it was rotated',
  },
  apiRequestsPerMinute: {
    name: 'INSIDERS_API_REQUESTS_PER_MINUTE',
    kind: { kind: 'integer', least: 0, most: 10_000_000 },
    default: '6000',
    meaning: 'API requests per minute that one application may send to one node; 0: no limit',
  },
  passwordQueue: {
    name: 'INSIDERS_PASSWORD_QUEUE',
    kind: { kind: 'integer', least: 1, most: 10_000 },
    default: '100',
    meaning:
      'Passwords that may wait to be checked or hashed, at most about a quarter of them from one network or for one account. Beyond that the response is 503',
  },
  smtpUrl: {
    name: 'INSIDERS_SMTP_URL',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The mail server: `smtp://user:password@host:587` or `smtps://…`. Without it, emails stay in the outbox: administrators read them in the console, or with `insiders mail list`',
    secret: true,
  },
  mailFrom: {
    name: 'INSIDERS_MAIL_FROM',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'The sender address of emails, e.g. `no-reply@example.com`. Without it: `no-reply@` and the host of the public URL',
  },
  auditAnchor: {
    name: 'INSIDERS_AUDIT_ANCHOR',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'A file to which the server appends the head of the audit log, at most once a minute, for `insiders audit verify --anchor`. Choose a place where the owner of the database can not write. Without it, the head is only in the log',
  },
  logLevel: {
    name: 'INSIDERS_LOG_LEVEL',
    kind: { kind: 'choice', of: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] },
    default: 'info',
    meaning: 'The lowest level that is logged. Log lines are JSON on standard error, and never contain a secret',
  },
  metricsToken: {
    name: 'INSIDERS_METRICS_TOKEN',
    kind: { kind: 'text' },
    default: null,
    meaning: 'The bearer token for `/metrics`. Without it, only callers on this machine can read the metrics',
    secret: true,
  },
  securityContact: {
    name: 'INSIDERS_SECURITY_CONTACT',
    kind: { kind: 'text' },
    default: null,
    meaning:
      'Where people report vulnerabilities of this server, for `/.well-known/security.txt`: `mailto:security@example.com`, `https://…` or `tel:+…`. Without it, that file does not exist',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
