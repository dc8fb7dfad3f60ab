import { loginBuckets, trustMs } from '../../accounts/throttle.ts';
import { maxCallbacks } from '../../applications/callbacks.ts';
import { credentialPrefix } from '../../applications/new-application.ts';
import type { Config } from '../../config/load.ts';
import { deviceNameLength, maxCustomNameLength } from '../../devices/names.ts';
import { defaultLimit, maxLimit } from '../../devices/paging.ts';
import { takeLimit } from '../../devices/take.ts';
import { allowedHeaders } from '../../http/cors.ts';
import { maxBodyBytes, sandboxRequestsPerMinute } from '../../http/limits.ts';
import { reportLeakPath } from '../../http/paths.ts';
import { statusOf } from '../../oauth/errors/status.ts';
import { tokenPrefix } from '../../oauth/formats/prefixes.ts';
import { endpointPaths, metadata } from '../../oauth/metadata.ts';
import { maxParameters } from '../../oauth/params.ts';
import { verifierLength } from '../../oauth/pkce.ts';
import { messagesFor } from '../messages/index.ts';
import { documentedCodes } from './errors/error-codes.ts';
import { errorExamples } from './errors/error-examples.ts';
import { responseFacts } from './errors/responses.ts';
import { type ExampleReader, placeholders } from './examples.ts';

/** The values that pages state about the server, by name: `{{endpoint.token}}` in a page is replaced by its value. */
export type Facts = Readonly<Record<string, string>>;

/** All facts of this server. They are derived from the configuration, constants and tables that the server uses. */
export function factsFor(config: Config, reader: ExampleReader): Facts {
  const { publicUrl: issuer } = config;
  return {
    issuer,
    api: `${issuer}/api/v1`,
    'endpoint.report_leak': issuer + reportLeakPath,
    'throttle.sandbox': String(sandboxRequestsPerMinute),
    client_id: reader.clientId ?? placeholders.clientId,
    client_secret: placeholders.clientSecret,
    redirect_uri: reader.redirectUri ?? placeholders.redirectUri,
    'redirect_uri.encoded': encodeURIComponent(reader.redirectUri ?? placeholders.redirectUri),
    ...prefixed('path', endpointPaths),
    ...prefixed(
      'endpoint',
      mapped(endpointPaths, (path) => issuer + path),
    ),
    ...prefixed('prefix', { ...tokenPrefix, client_id: credentialPrefix.clientId, secret: credentialPrefix.secret }),
    'cors.headers': inCode(allowedHeaders),
    'status.unavailable': String(statusOf({ error: 'temporarily_unavailable' }, undefined)),
    ...metadataFacts(issuer),
    ...lifetimeFacts(config),
    ...limitFacts(config),
    ...errorFacts(issuer),
    ...lengthFacts(),
    ...prefixed('state', messagesFor('en').developer.states),
    ...responseFacts,
  };
}

function metadataFacts(issuer: string): Facts {
  const document = metadata(issuer);
  return {
    scope: document.scopes_supported.join(' '),
    grant_types: inCode(document.grant_types_supported),
    response_types: inCode(document.response_types_supported),
    authentication_methods: inCode(document.token_endpoint_auth_methods_supported),
    challenge_methods: inCode(document.code_challenge_methods_supported),
  };
}

/** `seconds.x` is a number of seconds, and `lifetime.x` the same in words. */
function lifetimeFacts(config: Config): Facts {
  const seconds = {
    access_token: config.accessTokenSeconds,
    code: config.codeSeconds,
    session: config.sessionSeconds,
    pending_request: config.pendingRequestSeconds,
    rotation_overlap: config.rotationOverlapSeconds,
    familiar_network: trustMs / 1000,
  };
  return { ...prefixed('seconds', mapped(seconds, String)), ...prefixed('lifetime', mapped(seconds, inWords)) };
}

function limitFacts(config: Config): Facts {
  const buckets = loginBuckets('', '').all.map(
    ({ burst, leakMs }) => [burst.toLocaleString('en'), rateInWords(leakMs)] as const,
  );
  const [pair, familiar, account, network, accountAll, networkAll] = buckets;
  const perMinute = config.apiRequestsPerMinute;
  return {
    'default.limit': String(defaultLimit),
    'most.limit': String(maxLimit),
    'throttle.api': perMinute === 0 ? 'as many requests as it likes' : `${perMinute} requests per minute`,
    ...throttleFacts('take', [String(takeLimit.burst), rateInWords(takeLimit.leakMs)]),
    ...throttleFacts('pair', pair),
    ...throttleFacts('familiar', familiar),
    ...throttleFacts('account', account),
    ...throttleFacts('network', network),
    ...throttleFacts('account_all', accountAll),
    ...throttleFacts('network_all', networkAll),
  };
}

/** A rate in words: `one every 30 seconds`, `20 a second`. */
function rateInWords(leakMs: number): string {
  return leakMs < 1000 ? `${Math.round(1000 / leakMs)} a second` : `one every ${inWords(leakMs / 1000)}`;
}

/** `throttle.x` is how many attempts are allowed at once, and `throttle.x.then` the rate after that. */
function throttleFacts(name: string, [burst, then]: readonly [string, string] = ['', '']): Facts {
  return { [`throttle.${name}`]: burst, [`throttle.${name}.then`]: then };
}

/** `most.token` is a length in characters that every token, code and secret fits into, in future formats too. */
function lengthFacts(): Facts {
  return {
    'most.body': maxBodyBytes,
    'most.parameters': maxParameters.toLocaleString('en'),
    'most.callbacks': String(maxCallbacks),
    'most.custom_name': String(maxCustomNameLength),
    'most.token': '255',
    'length.device_name': String(deviceNameLength),
    'fewest.verifier': String(verifierLength.fewest),
    'most.verifier': String(verifierLength.most),
  };
}

/** `error.x` is a link to the page of a code, `code.x` the code itself, and `wire.x` an example response with it. */
function errorFacts(issuer: string): Facts {
  return Object.fromEntries(
    documentedCodes.flatMap((known) => [
      [`error.${known.code}`, `[\`${known.code}\`](/docs/errors/${known.code}/)`],
      [`code.${known.code}`, known.code],
      [`wire.${known.code}`, errorExamples(known, issuer).at(-1)?.text ?? ''],
    ]),
  );
}

/** Replaces each `{{name}}` by its fact, except `{{example …}}`. @throws {Error} for an unknown name */
export function fillFacts(markdown: string, facts: Facts): string {
  return markdown.replace(/\{\{(?!example )([^}]*)\}\}/g, (_whole, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact === undefined) throw new Error(`There is no fact called ${name}`);
    return fact;
  });
}

/** A duration in its largest whole unit: `36000` is `10 hours`. */
export function inWords(seconds: number): string {
  const units = [
    { unit: 'day', size: 86_400 },
    { unit: 'hour', size: 3600 },
    { unit: 'minute', size: 60 },
  ];
  const { unit, size } = units.find((each) => seconds > 0 && seconds % each.size === 0) ?? { unit: 'second', size: 1 };
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const inCode = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

const mapped = <V>(values: Readonly<Record<string, V>>, write: (value: V) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(value)]));

const prefixed = (prefix: string, values: Readonly<Record<string, string>>): Facts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
