import { isIP } from 'node:net';
import { type Setting, settings } from './settings.ts';

/*
 * Each function parses the text of a setting. If the text is invalid it adds a sentence to `problems`, and returns a
 * value that is never used: the start is refused.
 */

export function parseText(setting: Setting, text: string, problems: string[]): string {
  if (setting.kind.kind === 'choice' && !setting.kind.of.includes(text)) {
    problems.push(`${setting.name} must be one of ${setting.kind.of.join(', ')}`);
  }
  return text;
}

export function parseInteger(setting: Setting, text: string, problems: string[]): number {
  if (setting.kind.kind !== 'integer') throw new TypeError(`${setting.name} is not an integer setting`);
  const { least, most } = setting.kind;
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    problems.push(`${setting.name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

/** The origin of the platform, without a trailing slash; by default the loopback address with `port`. */
export function parsePublicUrl(text: string | null, port: number, problems: string[]): string {
  // Ignores problems of the default origin: an invalid port was reported where it was read.
  return text === null ? parseOrigin(`http://127.0.0.1:${port}`, []) : parseOrigin(text, problems);
}

function parseOrigin(text: string, problems: string[]): string {
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
export function isOnLoopback(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export function parseDatabaseUrl(text: string | null, problems: string[]): string | null {
  if (text !== null && !(/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))) {
    problems.push(`${settings.databaseUrl.name} must begin with postgres://; leave it out for the embedded database`);
  }
  return text;
}

export function parseSmtpUrl(text: string | null, problems: string[]): string | null {
  if (text !== null && !(/^smtps?:\/\/[^/]/.test(text) && URL.canParse(text))) {
    problems.push(`${settings.smtpUrl.name} must begin with smtp:// or smtps:// and name a host`);
  }
  return text;
}

export function parseMailFrom(text: string, problems: string[]): string {
  if (!/^[^\s<>@,"]+@[^\s<>@,"]+$/.test(text)) {
    problems.push(`${settings.mailFrom.name} must be one e-mail address such as no-reply@example.com`);
  }
  return text;
}

/** A URI for `Contact` (RFC 9116 2.5.3). It is one line of visible ASCII, so it can't add a field to the file. */
export function parseSecurityContact(text: string | null, problems: string[]): string | null {
  const isContact =
    text === null ||
    /^mailto:[!-~]+@[!-~]+$/.test(text) ||
    /^tel:\+[0-9-]+$/.test(text) ||
    (/^https:\/\/[!-~]+$/.test(text) && URL.canParse(text));
  if (!isContact) problems.push(`${settings.securityContact.name} must begin with mailto:, https:// or tel:+`);
  return text;
}

/** The host name of an origin, an IPv6 address without its brackets. */
export function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1') : 'localhost';
}

/** The addresses and networks of trusted proxies; `false`: none. */
export function parseProxies(text: string | null, problems: string[]): false | string[] {
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
