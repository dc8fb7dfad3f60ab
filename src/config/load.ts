import { isIP } from 'node:net';
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
  readonly logLevel: string;
  readonly metricsToken: string | null;
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
  const text = (name: SettingName): string => checkedText(settings[name], textFor(name) ?? '', problems);
  const integer = (name: SettingName, fallback = ''): number =>
    checkedInteger(settings[name], textFor(name) ?? fallback, problems);
  const port = integer('port');
  const publicUrl = publicUrlFrom(textFor('publicUrl'), port, problems);
  const config: Config = {
    publicUrl,
    host: text('host'),
    port,
    dataDir: text('dataDir'),
    databaseUrl: checkedDatabase(textFor('databaseUrl'), problems),
    secretKeys: textFor('secretKeys'),
    trustProxy: checkedProxies(textFor('trustProxy'), problems),
    drainSeconds: integer('drainSeconds', isOnLoopback(publicUrl) ? '0' : '10'),
    accessTokenSeconds: integer('accessTokenSeconds'),
    codeSeconds: integer('codeSeconds'),
    sessionSeconds: integer('sessionSeconds'),
    pendingRequestSeconds: integer('pendingRequestSeconds'),
    rotationOverlapSeconds: integer('rotationOverlapSeconds'),
    apiRequestsPerMinute: integer('apiRequestsPerMinute'),
    passwordQueue: integer('passwordQueue'),
    smtpUrl: checkedSmtp(textFor('smtpUrl'), problems),
    mailFrom: checkedAddress(textFor('mailFrom') ?? `no-reply@${hostOf(publicUrl)}`, problems),
    logLevel: text('logLevel'),
    metricsToken: textFor('metricsToken'),
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

function checkedText(setting: Setting, text: string, problems: string[]): string {
  if (setting.kind.kind === 'choice' && !setting.kind.of.includes(text)) {
    problems.push(`${setting.name} must be one of ${setting.kind.of.join(', ')}`);
  }
  return text;
}

function checkedInteger(setting: Setting, text: string, problems: string[]): number {
  if (setting.kind.kind !== 'integer') throw new TypeError(`${setting.name} is not an integer setting`);
  const { least, most } = setting.kind;
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    problems.push(`${setting.name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

function publicUrlFrom(text: string | null, port: number, problems: string[]): string {
  // Ignores problems of the default origin: an invalid port was reported where it was read.
  return text === null ? checkedOrigin(`http://127.0.0.1:${port}`, []) : checkedOrigin(text, problems);
}

function checkedOrigin(text: string, problems: string[]): string {
  const name = settings.publicUrl.name;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!isOrigin) problems.push(`${name} must be an origin such as https://api.example.com, without a path`);
  else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    problems.push(`${name} must begin with https://; http is for loopback addresses only`);
  }
  return url?.origin ?? text;
}

/** Whether the public URL is on a loopback address. Such a server has no load balancer in front of it. */
function isOnLoopback(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function checkedDatabase(text: string | null, problems: string[]): string | null {
  if (text !== null && !(/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))) {
    problems.push(`${settings.databaseUrl.name} must begin with postgres://; leave it out for the embedded database`);
  }
  return text;
}

function checkedSmtp(text: string | null, problems: string[]): string | null {
  if (text !== null && !(/^smtps?:\/\/[^/]/.test(text) && URL.canParse(text))) {
    problems.push(`${settings.smtpUrl.name} must begin with smtp:// or smtps:// and name a host`);
  }
  return text;
}

function checkedAddress(text: string, problems: string[]): string {
  if (!/^[^\s<>@,"]+@[^\s<>@,"]+$/.test(text)) {
    problems.push(`${settings.mailFrom.name} must be one e-mail address such as no-reply@example.com`);
  }
  return text;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1') : 'localhost';
}

function checkedProxies(text: string | null, problems: string[]): Config['trustProxy'] {
  if (text === null) return false;
  const networks = text.split(',').map((part) => part.trim());
  if (!networks.every(isNetwork)) {
    problems.push(`${settings.trustProxy.name} must be addresses or networks such as 10.0.0.0/8, separated by commas`);
  }
  return networks;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
