/** Sends the requests whose responses the documentation states. */
import { maxParameters } from '../../../src/oauth/params.ts';
import type { RequestId } from '../../../src/pages/messages/documented-requests.ts';
import {
  authorizeUrl,
  callApi,
  callbackOf,
  decide,
  type EndpointResponse,
  type Fields,
  introspect,
  introspectPath,
  logInByPassword,
  newPkce,
  obtainCode,
  obtainTokens,
  postForm,
  readResponse,
  redeem,
  refresh,
  requestToken,
  revoke,
  revokePath,
  tokenPath,
  tokensOf,
} from '../oauth.ts';
import { newApplication, newDevice, newUser, type TestApplication, type TestUser } from './fixtures.ts';
import { HttpBrowser } from './http-browser.ts';
import type { TestServer } from './site.ts';
import { advanceClock } from './time.ts';

/** The parts of a response that the documentation states. */
export interface Response {
  readonly status: number;
  readonly code: unknown;
  readonly uri: unknown;
  readonly detail?: unknown;
  readonly retryAfter?: string | null;
  readonly challenge?: string | null;
}

const tooLarge = 'x'.repeat(65 * 1024);
const json = { 'content-type': 'application/json' };
const devices = '/api/v1/devices/';
const takePath = `${devices}take-ownership/`;

/** Sends the request of an ID, after what it needs. Some of them move the clock forward (`later`). */
export function documentedRequests(site: TestServer): Readonly<Record<RequestId, () => Promise<Response>>> {
  const code = () => newApplication(site);
  const password = () => newApplication(site, { grantType: 'password' });

  async function connected(overrides: Parameters<typeof newApplication>[1] = { grantType: 'password' }) {
    const [application, person] = [await newApplication(site, overrides), await newUser(site)];
    const tokens =
      overrides.grantType === 'password'
        ? tokensOf(await logInByPassword(site, application, person))
        : await obtainTokens(site, application, person);
    return { application, person, tokens };
  }

  async function atAuthorize(application: TestApplication, more: Fields, decision: 'authorize' | 'deny' = 'authorize') {
    const browser = new HttpBrowser(site.url);
    await browser.logIn(await newUser(site));
    const opened = await browser.open(authorizeUrl(application, more));
    const page = opened.status < 400 ? await decide(browser, opened, decision) : opened;
    if (page.location === undefined) return { status: page.status, code: null, uri: null };
    const callback = callbackOf(page);
    return { status: page.status, code: callback.get('error'), uri: callback.get('error_uri') };
  }

  async function redeemed(more: Fields, authorizeParams: Fields = {}, times: 'once' | 'twice' = 'once') {
    const [application, person] = [await code(), await newUser(site)];
    const issued = await obtainCode(site, application, person, authorizeParams);
    const response = await redeem(site, application, issued, more);
    return oauth(times === 'once' ? response : await redeem(site, application, issued));
  }

  const { verifier, challenge } = newPkce();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };

  async function rotated() {
    const { application, tokens } = await connected({ refreshPolicy: 'rotate' });
    const second = tokensOf(await refresh(site, application, tokens.refresh_token));
    return { application, first: tokens.refresh_token, second: second.refresh_token };
  }

  const request = async (method: string, path: string, headers: Fields, body?: string) =>
    readResponse(
      await fetch(site.url + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) }),
    );

  async function withToken(method: string, path: string, body?: string, headers: Fields = json) {
    const { tokens } = await connected();
    return api(await request(method, path, { authorization: `Bearer ${tokens.access_token}`, ...headers }, body));
  }

  const withHeader = async (header: (access: string, refreshToken: string) => string) => {
    const { tokens } = await connected();
    const authorization = header(tokens.access_token, tokens.refresh_token);
    return api(await request('GET', devices, { authorization }));
  };

  async function take(device: { readonly serialNumber: string; readonly deviceName: string }, by?: TestUser) {
    const application = await password();
    const person = by ?? (await newUser(site));
    const { access_token } = tokensOf(await logInByPassword(site, application, person));
    const { serialNumber: serial_number, deviceName: device_name } = device;
    const headers = { authorization: `Bearer ${access_token}`, ...json };
    return () => request('POST', takePath, headers, JSON.stringify({ serial_number, device_name })).then(api);
  }

  /** Sends a request about a device that the user has released. */
  async function afterRelease(path: string, body?: string) {
    const { person, tokens } = await connected();
    const device = await newDevice(site, person);
    const headers = { authorization: `Bearer ${tokens.access_token}`, ...(body !== undefined && json) };
    await request('POST', `${devices}${device.id}/release-ownership/`, { authorization: headers.authorization });
    return api(await request('POST', `${devices}${device.id}/${path}/`, headers, body));
  }

  return {
    client_wrong: async () => oauth(await requestToken(site, { ...(await password()), clientSecret: 'wrong' }, {})),
    client_missing: async () => oauth(await requestToken(site, null, { grant_type: 'password' })),
    client_in_query: async () => {
      const { clientId, clientSecret } = await password();
      const query = new URLSearchParams({ client_id: clientId, client_secret: clientSecret ?? '' });
      return oauth(await postForm(site, `${tokenPath}?${query}`, null, { grant_type: 'password' }));
    },
    client_twice: async () => {
      const application = await password();
      const { clientId: client_id, clientSecret } = application;
      return oauth(await requestToken(site, application, { client_id, client_secret: clientSecret ?? '' }));
    },
    token_not_a_form: async () => oauth(await postForm(site, tokenPath, await password(), '{}', json)),
    token_parameter_missing: async () => oauth(await requestToken(site, await password(), { scope: 'all' })),
    token_parameter_twice: async () =>
      oauth(await requestToken(site, await password(), 'grant_type=password&grant_type=password')),
    token_unknown_grant: async () =>
      oauth(await requestToken(site, await password(), { grant_type: 'client_credentials' })),
    token_other_grant: async () => oauth(await logInByPassword(site, await code(), await newUser(site))),
    token_unknown_scope: async () => {
      const credentials = { grant_type: 'password', username: 'a@b.example', password: 'x' };
      return oauth(await requestToken(site, await password(), { ...credentials, scope: 'openid' }));
    },
    token_get: async () => oauth(await request('GET', tokenPath, {})),
    token_too_large: async () => oauth(await requestToken(site, await password(), `password=${tooLarge}`)),
    token_too_many_parameters: async () =>
      oauth(await requestToken(site, await password(), 'a=1&'.repeat(maxParameters + 1))),
    post_without_slash: async () => oauth(await postForm(site, tokenPath.slice(0, -1), await password(), {})),
    get_without_slash: async () => oauth(await request('GET', devices.slice(0, -1), {})),

    code_redeemed: () => redeemed({}),
    code_used: () => redeemed({}, {}, 'twice'),
    code_expired: async () => {
      const [application, person] = [await code(), await newUser(site)];
      const issued = await obtainCode(site, application, person);
      advanceClock(241);
      return oauth(await redeem(site, application, issued));
    },
    code_without_redirect_uri: () => redeemed({ redirect_uri: '' }),
    code_other_redirect_uri: () => redeemed({ redirect_uri: 'https://ams.example/callback' }),
    code_after_other_redirect_uri: () => redeemed({ redirect_uri: 'https://ams.example/callback' }, {}, 'twice'),
    code_after_wrong_secret: async () => {
      const [application, person] = [await code(), await newUser(site)];
      const issued = await obtainCode(site, application, person);
      await redeem(site, { ...application, clientSecret: 'wrong' }, issued);
      return oauth(await redeem(site, application, issued));
    },
    verifier_missing: () => redeemed({}, pkce),
    verifier_wrong: () => redeemed({ code_verifier: newPkce().verifier }, pkce),
    verifier_unasked: () => redeemed({ code_verifier: verifier }),
    code_after_wrong_verifier: () => redeemed({ code_verifier: verifier }, {}, 'twice'),

    authorize_denied: async () => atAuthorize(await code(), {}, 'deny'),
    authorize_unknown_scope: async () => atAuthorize(await code(), { scope: 'openid' }),
    authorize_response_type: async () => atAuthorize(await code(), { response_type: 'token' }),
    authorize_request_object: async () => atAuthorize(await code(), { request: 'e30.e30.' }),
    authorize_request_uri: async () => atAuthorize(await code(), { request_uri: 'https://ams.example/request' }),
    authorize_plain_challenge: async () =>
      atAuthorize(await code(), { code_challenge: challenge, code_challenge_method: 'plain' }),
    authorize_without_challenge: async () => atAuthorize(await newApplication(site, { isPublic: true }), {}),
    authorize_other_grant: async () => atAuthorize(await password(), {}),
    authorize_unknown_client: async () => atAuthorize(await code(), { client_id: 'insiders_app_nobody' }),
    authorize_other_redirect_uri: async () => atAuthorize(await code(), { redirect_uri: 'https://evil.example/' }),

    password_wrong: async () => {
      const { email } = await newUser(site);
      return oauth(await logInByPassword(site, await password(), { email, password: 'wrong' }));
    },
    password_unknown_user: async () =>
      oauth(await logInByPassword(site, await password(), { email: 'nobody@club.example', password: 'wrong' })),
    password_too_often: async () => {
      const [application, { email }] = [await password(), await newUser(site)];
      const attempts = Array.from({ length: 21 }, () => ({ email, password: 'wrong' }));
      let last: EndpointResponse | undefined;
      for (const each of attempts) last = await logInByPassword(site, application, each);
      return oauth(last as EndpointResponse);
    },

    refresh_ok: async () => {
      const { application, tokens } = await connected();
      return oauth(await refresh(site, application, tokens.refresh_token));
    },
    refresh_ended: async () => {
      const { application, tokens } = await connected();
      await revoke(site, application, tokens.refresh_token);
      return oauth(await refresh(site, application, tokens.refresh_token));
    },
    refresh_other_client: async () => {
      const { tokens } = await connected();
      return oauth(await refresh(site, await password(), tokens.refresh_token));
    },
    refresh_within_overlap: async () => {
      const { application, first } = await rotated();
      return oauth(await refresh(site, application, first));
    },
    refresh_replayed: async () => {
      const { application, first } = await rotated();
      advanceClock(3600);
      return oauth(await refresh(site, application, first));
    },
    refresh_after_replay: async () => {
      const { application, first, second } = await rotated();
      advanceClock(3600);
      await refresh(site, application, first);
      return oauth(await refresh(site, application, second));
    },
    refresh_unknown_scope: async () => {
      const { application, tokens } = await connected();
      return oauth(await refresh(site, application, tokens.refresh_token, { scope: 'openid' }));
    },

    revoke_ok: async () => {
      const { application, tokens } = await connected();
      return empty(await revoke(site, application, tokens.refresh_token));
    },
    revoke_unknown: async () => {
      const { tokens } = await connected();
      return empty(await revoke(site, await password(), tokens.refresh_token));
    },
    revoke_without_token: async () => oauth(await postForm(site, revokePath, await password(), {})),
    introspect_own: async () => {
      const { application, tokens } = await connected();
      return oauth(await introspect(site, application, tokens.access_token));
    },
    introspect_other: async () => {
      const { tokens } = await connected();
      const response = await introspect(site, await password(), tokens.access_token);
      return { ...oauth(response), ...(response.text !== '{"active":false}' && { status: 0 }) };
    },
    introspect_public: async () => {
      const application = await newApplication(site, { isPublic: true });
      return oauth(await introspect(site, application, 'x'));
    },
    introspect_without_token: async () => oauth(await postForm(site, introspectPath, await password(), {})),
    report_leak: async () => empty(await postForm(site, '/oauth2/report-leak/', null, { token: 'unknown text' })),

    api_ok: () => withHeader((access) => `Bearer ${access}`),
    api_no_token: async () => api(await request('GET', devices, {})),
    api_token_in_query: async () => {
      const { tokens } = await connected();
      return api(await request('GET', `${devices}?access_token=${tokens.access_token}`, {}));
    },
    api_other_scheme: () => withHeader((access) => `Token ${access}`),
    api_malformed_token: () => withHeader((access) => `Bearer "${access}"`),
    api_refresh_token: () => withHeader((_access, refreshToken) => `Bearer ${refreshToken}`),
    api_two_headers: () => withHeader((access) => `Bearer ${access}, Bearer ${access}`),
    api_expired_token: async () => {
      const { tokens } = await connected();
      advanceClock(7201);
      return api(await callApi(site, tokens.access_token));
    },
    api_ended_token: async () => {
      const { application, tokens } = await connected();
      await revoke(site, application, tokens.refresh_token);
      return api(await callApi(site, tokens.access_token));
    },
    api_post_without_slash: async () => withToken('POST', takePath.slice(0, -1), '{}'),
    api_unknown_id: async () => withToken('GET', `${devices}${(await newDevice(site, await newUser(site))).id}/`),
    api_leading_zero: () => withToken('GET', `${devices}07/`),
    api_parameter_twice: () => withToken('GET', `${devices}?page=1&page=1`),
    api_wrong_value: () => withToken('GET', `${devices}?page=0`),
    api_not_json: () => withToken('POST', takePath, '{'),
    api_form: () => withToken('POST', takePath, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    api_too_large: () => withToken('POST', takePath, JSON.stringify({ serial_number: tooLarge })),
    api_wrong_method: () => withToken('DELETE', devices),
    api_too_often: async () => {
      const { tokens } = await connected();
      const responses = await Promise.all(Array.from({ length: 40 }, () => callApi(site, tokens.access_token)));
      const [last] = responses.map(api).sort((one, other) => other.status - one.status);
      return last ?? { status: 0, code: null, uri: null };
    },

    take_new: async () => (await take(await newDevice(site, null)))(),
    take_own: async () => {
      const person = await newUser(site);
      return (await take(await newDevice(site, person), person))();
    },
    take_unknown: async () => (await take({ ...(await newDevice(site, null)), deviceName: 'a1b2c3d4e5f8' }))(),
    take_owned: async () => (await take(await newDevice(site, await newUser(site))))(),
    take_too_often: async () => {
      const takeUnknown = await take({ serialNumber: '0', deviceName: 'a1b2c3d4e5f8' });
      for (let attempts = 0; attempts < 20; attempts += 1) await takeUnknown();
      return takeUnknown();
    },
    release_earlier: () => afterRelease('release-ownership'),
    name_earlier: () => afterRelease('set-custom-name', '{"custom_name": "x"}'),
  };
}

function oauth({ status, headers, body }: EndpointResponse): Response {
  return { status, code: body.error ?? null, uri: body.error_uri, ...headerFacts(headers) };
}

function api({ status, headers, body }: EndpointResponse): Response {
  return { status, code: body.code ?? null, uri: null, detail: body.detail, ...headerFacts(headers) };
}

function headerFacts(headers: Headers) {
  return { retryAfter: headers.get('retry-after'), challenge: headers.get('www-authenticate') };
}

/** A response whose body must be `{}`; with another body its status is 0. */
function empty(response: EndpointResponse): Response {
  return { ...oauth(response), ...(response.text !== '{}' && { status: 0 }) };
}
