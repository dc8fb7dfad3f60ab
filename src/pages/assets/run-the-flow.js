// Runs the OAuth flow from the browser, one request at a time. Codes and tokens are only in variables of this script.
// State and verifier of the authorization request are in the session storage, because the page may be reloaded before
// the user returns from the callback.

const root = document.querySelector('[data-flow]');
const { issuer, authorize: authorizePath, token: tokenPath, revoke: revokePath } = root.dataset;
const texts = JSON.parse(root.dataset.texts);
const storageKey = 'run-the-flow';

const field = (id) => document.getElementById(id);
const entered = (id) => field(id).value.trim();
const stepOf = (name) => root.querySelector(`[data-step="${name}"]`);

/** The results of earlier steps. */
const results = { code: '', accessToken: '', refreshToken: '' };
/** Values that are masked wherever they are shown. */
const secrets = new Set();

let pending = await pendingRequest();

const actions = { authorize, renew, callback: readCallback, token: requestTokens, api: callApi, refresh, revoke };

start();

function start() {
  for (const part of root.querySelectorAll('[data-needs-script]')) part.hidden = false;
  // Browsers may restore values when a page is reloaded: reset the fields to what the server filled in.
  for (const input of root.querySelectorAll('input')) input.value = input.defaultValue;
  for (const button of root.querySelectorAll('[data-action]')) {
    button.addEventListener('click', () => run(button.dataset.action));
  }
  root.addEventListener('keydown', (event) => {
    const button = event.target.closest('[data-step]')?.querySelector('[data-action]');
    if (event.key === 'Enter' && event.target.matches('input') && button) run(button.dataset.action);
  });
  field('grant').addEventListener('change', showSteps);
  for (const id of ['client-id', 'redirect-uri']) field(id).addEventListener('input', showAuthorizeUrl);
  showSteps();
  showAuthorizeUrl();
}

addEventListener('pageshow', (event) => {
  // The back/forward cache restored the page with its secrets.
  if (event.persisted) location.reload();
});

let busy = false;

async function run(name) {
  if (busy) return;
  busy = true;
  try {
    await actions[name]();
  } finally {
    busy = false;
  }
}

/** Shows only the steps of the chosen grant type. */
function showSteps() {
  for (const part of root.querySelectorAll('[data-only]')) part.hidden = part.dataset.only !== entered('grant');
}

// The authorization request

/** 256 bits, in base64url. */
function randomText() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** State, verifier and challenge of the authorization request: the stored ones, or new ones. */
async function pendingRequest() {
  const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
  return storeAndHash(stored ?? { state: randomText(), verifier: randomText() });
}

/** Stores both and adds the challenge (RFC 7636 4.2). Browsers hash only on secure pages: elsewhere it is empty. */
async function storeAndHash({ state, verifier }) {
  sessionStorage.setItem(storageKey, JSON.stringify({ state, verifier }));
  secrets.add(verifier);
  if (crypto.subtle === undefined) return { state, verifier: '', challenge: '' };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { state, verifier, challenge: base64url(new Uint8Array(digest)) };
}

function authorizeUrl() {
  const parameters = new URLSearchParams({
    client_id: entered('client-id'),
    response_type: 'code',
    redirect_uri: entered('redirect-uri'),
    state: pending.state,
    ...(pending.challenge && { code_challenge: pending.challenge, code_challenge_method: 'S256' }),
  });
  return `${location.origin}${authorizePath}?${parameters}`;
}

function showAuthorizeUrl() {
  const { state, verifier, challenge } = pending;
  show('authorize', 'request', authorizeUrl());
  const lines = [`state: ${state}`, ...(challenge ? [`code_verifier: ${mask(verifier)}`] : [])];
  show('authorize', 'stored', lines.join('\n'));
  if (!challenge) showStatus('authorize', texts.noPkce);
}

function authorize() {
  if (isMissing('authorize', 'client-id', texts.missingClientId)) return;
  if (isMissing('authorize', 'redirect-uri', texts.missingRedirectUri)) return;
  window.open(authorizeUrl(), '_blank', 'noopener');
  showStatus('authorize', texts.opened);
}

async function renew() {
  pending = await storeAndHash({ state: randomText(), verifier: randomText() });
  results.code = '';
  showStatus('authorize', texts.renewed);
  showAuthorizeUrl();
}

// The callback

function readCallback() {
  if (isMissing('callback', 'callback-address', texts.missingCallback)) return;
  const text = entered('callback-address');
  if (!URL.canParse(text)) return showStatus('callback', texts.noAddress);
  const { searchParams } = new URL(text);
  const code = searchParams.get('code') ?? '';
  secrets.add(code);
  results.code = '';
  const lines = [...searchParams].map(([name, value]) => `${name}: ${name === 'code' ? mask(value) : value}`);
  show('callback', 'response', lines.join('\n'));
  const iss = searchParams.get('iss');
  // A callback with another state, or from another server (RFC 9207 2.4), is rejected.
  if (searchParams.get('state') !== pending.state) return showStatus('callback', texts.wrongState);
  if (iss !== null && iss !== issuer) return showStatus('callback', texts.wrongIssuer.replace('{iss}', iss));
  if (searchParams.has('error')) return showError('callback', Object.fromEntries(searchParams));
  if (code === '') return showStatus('callback', texts.noCode);
  results.code = code;
  field('callback-address').value = '';
  showStatus('callback', texts.codeRead);
}

// Requests

async function requestTokens() {
  if (isMissing('token', 'client-id', texts.missingClientId)) return;
  const body = entered('grant') === 'password' ? passwordBody() : codeBody();
  if (body === undefined) return;
  const response = await send('token', clientRequest(tokenPath, body));
  if (response !== undefined && 'code' in body) results.code = '';
}

function codeBody() {
  if (results.code === '') return void showStatus('token', texts.missing.replace('{what}', texts.missingCode));
  if (isMissing('token', 'redirect-uri', texts.missingRedirectUri)) return;
  return {
    grant_type: 'authorization_code',
    code: results.code,
    redirect_uri: entered('redirect-uri'),
    ...(pending.verifier && { code_verifier: pending.verifier }),
  };
}

function passwordBody() {
  if (isMissing('token', 'username', texts.missingUsername)) return;
  // Not trimmed: spaces at the ends are part of a password.
  const password = field('user-password').value;
  if (password === '') return void isMissing('token', 'user-password', texts.missingPassword);
  return { grant_type: 'password', username: entered('username'), password };
}

async function callApi() {
  if (results.accessToken === '') return showStatus('api', texts.missing.replace('{what}', texts.missingAccessToken));
  const headers = { authorization: `Bearer ${results.accessToken}`, accept: 'application/json' };
  await send('api', { method: 'GET', path: entered('api-path'), headers });
}

async function refresh() {
  if (results.refreshToken === '')
    return showStatus('refresh', texts.missing.replace('{what}', texts.missingRefreshToken));
  const body = { grant_type: 'refresh_token', refresh_token: results.refreshToken };
  await send('refresh', clientRequest(tokenPath, body));
}

async function revoke() {
  if (results.refreshToken === '')
    return showStatus('revoke', texts.missing.replace('{what}', texts.missingRefreshToken));
  const body = { token: results.refreshToken, token_type_hint: 'refresh_token' };
  await send('revoke', clientRequest(revokePath, body));
}

/** A form with client credentials: a Basic header, or without a secret `client_id` in the body. */
function clientRequest(path, fields) {
  const [id, secret] = [entered('client-id'), entered('client-secret')];
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (secret === '') return { method: 'POST', path, headers, body: { ...fields, client_id: id } };
  secrets.add(secret);
  // Client ID and secret are form-encoded before they are joined (RFC 6749 2.3.1).
  const encoded = [id, secret].map((text) => new URLSearchParams({ '': text }).toString().slice(1)).join(':');
  return { method: 'POST', path, headers: { ...headers, authorization: `Basic ${btoa(encoded)}` }, body: fields };
}

async function send(step, { method, path, headers, body }) {
  show(step, 'request', requestText({ method, path, headers, body }));
  hide(step, 'response');
  showStatus(step, texts.sending);
  try {
    const response = await fetch(path, {
      method,
      headers,
      ...(body && { body: new URLSearchParams(body).toString() }),
      // No cookies are sent, and the browser does not prompt for a password after a 401.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    });
    const text = await response.text();
    const values = parseJson(text);
    storeTokens(values);
    show(step, 'response', responseText(response, text));
    if (response.ok) showStatus(step, texts.responded.replace('{status}', response.status));
    else showError(step, values, response.status);
    return response;
  } catch {
    showStatus(step, texts.unreachable);
    return undefined;
  }
}

function parseJson(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function storeTokens({ access_token: accessToken, refresh_token: refreshToken }) {
  for (const token of [accessToken, refreshToken]) if (typeof token === 'string') secrets.add(token);
  if (typeof accessToken === 'string') results.accessToken = accessToken;
  if (typeof refreshToken === 'string') results.refreshToken = refreshToken;
}

// Output

/** Headers of the connection, which are not shown. */
const connectionHeaders = ['connection', 'keep-alive'];

const secretFields = ['code', 'code_verifier', 'refresh_token', 'token', 'password'];

/** The request as HTTP/1.1 sends it, with secrets masked. */
function requestText({ method, path, headers, body }) {
  const lines = Object.entries({ host: location.host, ...headers }).map(
    ([name, value]) => `${headerName(name)}: ${name === 'authorization' ? maskCredentials(value) : value}`,
  );
  const parameters = Object.entries(body ?? {}).map(([name, value]) => {
    const [[, encoded]] = [new URLSearchParams({ [name]: value }).toString().split('=')];
    return `${name}=${secretFields.includes(name) ? mask(value, name === 'password') : encoded}`;
  });
  return [`${method} ${path} HTTP/1.1`, ...lines, ...(parameters.length > 0 ? ['', parameters.join('&')] : [])].join(
    '\n',
  );
}

function responseText(response, text) {
  const headers = [...response.headers]
    .filter(([name]) => !connectionHeaders.includes(name))
    .map(([name, value]) => `${headerName(name)}: ${value}`);
  const first = `HTTP/1.1 ${response.status} ${response.statusText}`.trim();
  return withoutSecrets([first, ...headers, '', indented(text) || texts.emptyBody].join('\n'));
}

/** The usual spelling of a header: `content-type` becomes `Content-Type`. */
function headerName(header) {
  return header.replace(/(^|-)(?:www|[a-z])/g, (start) => start.toUpperCase());
}

/** Indents JSON if that changes nothing but white space. */
function indented(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

/** The first and last four characters; nothing of a value that is too short or must be hidden as a whole. */
function mask(secret, whole = false) {
  return whole || secret.length < 16 ? '…' : `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}

function maskCredentials(value) {
  const [scheme, credentials] = value.split(' ');
  return `${scheme} ${mask(credentials)}`;
}

function withoutSecrets(text) {
  return [...secrets].reduce(
    (shown, secret) => (secret.length < 16 ? shown : shown.replaceAll(secret, mask(secret))),
    text,
  );
}

function show(step, name, text) {
  const figure = stepOf(step).querySelector(`[data-wire="${name}"]`);
  const empty = stepOf(step).querySelector('[data-empty]');
  if (empty) empty.hidden = true;
  figure.querySelector('code').textContent = text;
  figure.hidden = false;
}

function hide(step, name) {
  stepOf(step).querySelector(`[data-wire="${name}"]`).hidden = true;
}

function showStatus(step, ...parts) {
  stepOf(step)
    .querySelector('[data-status]')
    .replaceChildren(...parts);
}

/** Shows the error of the server, with a link to the page that explains it. */
function showError(step, values, status) {
  const description = values.error_description ?? values.detail ?? values.error ?? values.code ?? String(status);
  const sentence = texts.wentWrong.replace('{what}', description);
  const uri = String(values.error_uri ?? '');
  // A pasted callback may contain any address: link only to pages of this server.
  if (!uri.startsWith(`${issuer}/`)) return showStatus(step, sentence);
  const link = document.createElement('a');
  link.href = uri;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = texts.moreAbout.replace('{code}', values.error);
  showStatus(step, `${sentence} `, link);
}

/** Whether a field is empty. If so, shows what is missing and focuses the field. */
function isMissing(step, id, what) {
  if (entered(id) !== '') return false;
  field(id).focus();
  showStatus(step, texts.missing.replace('{what}', what));
  return true;
}
