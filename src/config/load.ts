import {
  hostOf,
  isOnLoopback,
  parseDatabaseUrl,
  parseInteger,
  parseMailFrom,
  parseProxies,
  parsePublicUrl,
  parseSecurityContact,
  parseSmtpUrl,
  parseText,
} from './parse.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

/** The checked settings. They never change while the server runs. Durations are seconds. */
export interface Config {
  /** An origin, without a trailing slash: `https://api.example.com`. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** `null`: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** `null`: the key ring is in `dataDir`. */
  readonly secretKeys: string | null;
  /** The addresses and networks of proxies whose `X-Forwarded-For` is trusted; `false`: none. */
  readonly trustProxy: false | string[];
  /** How long the server keeps serving requests after the signal to stop. */
  readonly drainSeconds: number;
  readonly accessTokenSeconds: number;
  readonly codeSeconds: number;
  readonly sessionSeconds: number;
  readonly pendingRequestSeconds: number;
  readonly rotationOverlapSeconds: number;
  readonly apiRequestsPerMinute: number;
  readonly passwordQueue: number;
  /** `null`: emails stay in the outbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** The file for the head of the audit log; `null`: none. */
  readonly auditAnchor: string | null;
  readonly logLevel: string;
  readonly metricsToken: string | null;
  /** The URI for reports of vulnerabilities. `null`: there is no security.txt. */
  readonly securityContact: string | null;
  /** Whether there are demo accounts, and pages that show the components of the user interface. */
  readonly demo: boolean;
}

/** All problems of the settings, one sentence each. It names the setting, and never contains the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The settings from the command line, as text. They take precedence over the environment. */
export type Overrides = { readonly [name in SettingName]?: string | undefined } & { readonly demo?: boolean };

/** Reads and checks the settings. An empty variable counts as not set. @throws {ConfigError} with all problems */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, overrides: Overrides = {}): Config {
  const problems: string[] = [];
  const textFor = (name: SettingName): string | null => textOf(settings[name], overrides[name], env);
  const text = (name: SettingName): string => parseText(settings[name], textFor(name) ?? '', problems);
  const integer = (name: SettingName, fallback = ''): number =>
    parseInteger(settings[name], textFor(name) ?? fallback, problems);
  const port = integer('port');
  const publicUrl = parsePublicUrl(textFor('publicUrl'), port, problems);
  const config: Config = {
    publicUrl,
    host: text('host'),
    port,
    dataDir: text('dataDir'),
    databaseUrl: parseDatabaseUrl(textFor('databaseUrl'), problems),
    secretKeys: textFor('secretKeys'),
    trustProxy: parseProxies(textFor('trustProxy'), problems),
    drainSeconds: integer('drainSeconds', isOnLoopback(publicUrl) ? '0' : '10'),
    accessTokenSeconds: integer('accessTokenSeconds'),
    codeSeconds: integer('codeSeconds'),
    sessionSeconds: integer('sessionSeconds'),
    pendingRequestSeconds: integer('pendingRequestSeconds'),
    rotationOverlapSeconds: integer('rotationOverlapSeconds'),
    apiRequestsPerMinute: integer('apiRequestsPerMinute'),
    passwordQueue: integer('passwordQueue'),
    smtpUrl: parseSmtpUrl(textFor('smtpUrl'), problems),
    mailFrom: parseMailFrom(textFor('mailFrom') ?? `no-reply@${hostOf(publicUrl)}`, problems),
    auditAnchor: textFor('auditAnchor'),
    logLevel: text('logLevel'),
    metricsToken: textFor('metricsToken'),
    securityContact: parseSecurityContact(textFor('securityContact'), problems),
    demo: overrides.demo ?? false,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

function textOf(
  setting: Setting,
  override: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  return override ?? (env[setting.name] || setting.default);
}
