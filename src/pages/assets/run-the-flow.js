// Runs the flow from the browser, one request at a time. Codes and tokens are variables of this file and stored
// nowhere; only the state and the verifier of the authorization request outlive a reload, because the way to the
// callback may be one.

const root = document.querySelector('[data-flow]');
const { issuer, authorize: authorizePath, token: tokenPath, revoke: revokePath } = root.dataset;
const texts = JSON.parse(root.dataset.texts);
const storageKey = 'run-the-flow';

const field = (id) => document.getElementById(id);
const entered = (id) => field(id).value.trim();
const stepOf = (name) => root.querySelector(`[data-step="${name}"]`);

/** What the steps hand to each other. */
const memory = { code: '', accessToken: '', refreshToken: '' };
/** Texts that must not be shown whole, wherever they appear. */
const secrets = new Set();

let kept = await keptOrNew();

const actions = { authorize, renew, callback: readCallback, token: requestTokens, api: callApi, refresh, revoke };

start();

function start() {
  for (const part of root.querySelectorAll('[data-live]')) part.hidden = false;
  for (const input of root.querySelectorAll('input')) input.value = '';
  for (const button of root.querySelectorAll('[data-action]')) {
    button.addEventListener('click', () => run(button.dataset.action));
  }
  root.addEventListener('keydown', (event) => {
    const button = event.target.closest('[data-step]')?.querySelector('[data-action]');
    if (event.key === 'Enter' && event.target.matches('input') && button) run(button.dataset.action);
  });
  field('grant').addEventListener('change', showSteps);
  for (const id of ['client-id', 'redirect-uri']) field(id).addEventListener('input', showAddress);
  showSteps();
  showAddress();
}

addEventListener('pageshow', (event) => {
  // It came back from memory as it was left, with the secrets.
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

/** Only the steps of the chosen grant type. */
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

async function keptOrNew() {
  const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
  return complete(stored ?? { state: randomText(), verifier: randomText() });
}

/** With the challenge (RFC 7636 4.2), which browsers compute over secure connections only. */
async function complete({ state, verifier }) {
  sessionStorage.setItem(storageKey, JSON.stringify({ state, verifier }));
  secrets.add(verifier);
  if (crypto.subtle === undefined) return { state, verifier: '', challenge: '' };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { state, verifier, challenge: base64url(new Uint8Array(digest)) };
}

function address() {
  const parameters = new URLSearchParams({
    client_id: entered('client-id'),
    response_type: 'code',
    redirect_uri: entered('redirect-uri'),
    state: kept.state,
    ...(kept.challenge && { code_challenge: kept.challenge, code_challenge_method: 'S256' }),
  });
  return `${location.origin}${authorizePath}?${parameters}`;
}

function showAddress() {
  const { state, verifier, challenge } = kept;
  show('authorize', 'request', address());
  const lines = [`state: ${state}`, ...(challenge ? [`code_verifier: ${masked(verifier)}`] : [])];
  show('authorize', 'kept', lines.join('\n'));
  if (!challenge) say('authorize', texts.noPkce);
}

function authorize() {
  if (lacks('authorize', 'client-id', texts.missingClientId)) return;
  if (lacks('authorize', 'redirect-uri', texts.missingRedirectUri)) return;
  window.open(address(), '_blank', 'noopener');
  say('authorize', texts.opened);
}

async function renew() {
  kept = await complete({ state: randomText(), verifier: randomText() });
  memory.code = '';
  say('authorize', texts.renewed);
  showAddress();
}

// The way back

function readCallback() {
  if (lacks('callback', 'callback-address', texts.missingCallback)) return;
  const text = entered('callback-address');
  if (!URL.canParse(text)) return say('callback', texts.noAddress);
  const { searchParams } = new URL(text);
  const code = searchParams.get('code') ?? '';
  secrets.add(code);
  memory.code = '';
  const found = [...searchParams].map(([name, value]) => `${name}: ${name === 'code' ? masked(value) : value}`);
  show('callback', 'answer', found.join('\n'));
  const iss = searchParams.get('iss');
  // What comes with another state or from another server is not looked at any further (RFC 9207 2.4).
  if (searchParams.get('state') !== kept.state) return say('callback', texts.wrongState);
  if (iss !== null && iss !== issuer) return say('callback', texts.wrongIssuer.replace('{iss}', iss));
  if (searchParams.has('error')) return sayWrong('callback', Object.fromEntries(searchParams));
  if (code === '') return say('callback', texts.noCode);
  memory.code = code;
  field('callback-address').value = '';
  say('callback', texts.codeRead);
}

// Requests

async function requestTokens() {
  if (lacks('token', 'client-id', texts.missingClientId)) return;
  const body = entered('grant') === 'password' ? passwordBody() : codeBody();
  if (body === undefined) return;
  const answer = await send('token', clientRequest(tokenPath, body));
  if (answer !== undefined && 'code' in body) memory.code = '';
}

function codeBody() {
  if (memory.code === '') return void say('token', texts.missing.replace('{what}', texts.missingCode));
  if (lacks('token', 'redirect-uri', texts.missingRedirectUri)) return;
  return {
    grant_type: 'authorization_code',
    code: memory.code,
    redirect_uri: entered('redirect-uri'),
    ...(kept.verifier && { code_verifier: kept.verifier }),
  };
}

function passwordBody() {
  if (lacks('token', 'username', texts.missingUsername)) return;
  // Spaces at the ends of a password are part of it.
  const password = field('user-password').value;
  if (password === '') return void lacks('token', 'user-password', texts.missingPassword);
  return { grant_type: 'password', username: entered('username'), password };
}

async function callApi() {
  if (memory.accessToken === '') return say('api', texts.missing.replace('{what}', texts.missingAccessToken));
  const headers = { authorization: `Bearer ${memory.accessToken}`, accept: 'application/json' };
  await send('api', { method: 'GET', path: entered('api-path'), headers });
}

async function refresh() {
  if (memory.refreshToken === '') return say('refresh', texts.missing.replace('{what}', texts.missingRefreshToken));
  const body = { grant_type: 'refresh_token', refresh_token: memory.refreshToken };
  await send('refresh', clientRequest(tokenPath, body));
}

async function revoke() {
  if (memory.refreshToken === '') return say('revoke', texts.missing.replace('{what}', texts.missingRefreshToken));
  const body = { token: memory.refreshToken, token_type_hint: 'refresh_token' };
  await send('revoke', clientRequest(revokePath, body));
}

/** A form with the client's credentials: in the header, or, without a secret, as `client_id` in the body. */
function clientRequest(path, fields) {
  const [id, secret] = [entered('client-id'), entered('client-secret')];
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (secret === '') return { method: 'POST', path, headers, body: { ...fields, client_id: id } };
  secrets.add(secret);
  // Each is form-encoded before they are joined (RFC 6749 2.3.1).
  const encoded = [id, secret].map((text) => new URLSearchParams({ '': text }).toString().slice(1)).join(':');
  return { method: 'POST', path, headers: { ...headers, authorization: `Basic ${btoa(encoded)}` }, body: fields };
}

async function send(step, { method, path, headers, body }) {
  show(step, 'request', requestText({ method, path, headers, body }));
  hide(step, 'answer');
  say(step, texts.sending);
  try {
    const response = await fetch(path, {
      method,
      headers,
      ...(body && { body: new URLSearchParams(body).toString() }),
      // Nothing but what is shown: no cookie, and no window of the browser that asks for a password after a 401.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    });
    const text = await response.text();
    const values = parsed(text);
    remember(values);
    show(step, 'answer', answerText(response, text));
    if (response.ok) say(step, texts.answered.replace('{status}', response.status));
    else sayWrong(step, values, response.status);
    return response;
  } catch {
    say(step, texts.unreachable);
    return undefined;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function remember({ access_token: accessToken, refresh_token: refreshToken }) {
  for (const token of [accessToken, refreshToken]) if (typeof token === 'string') secrets.add(token);
  if (typeof accessToken === 'string') memory.accessToken = accessToken;
  if (typeof refreshToken === 'string') memory.refreshToken = refreshToken;
}

// What is shown

/** They belong to the connection with the browser, not to the answer. */
const ofConnection = ['connection', 'keep-alive'];

const secretFields = ['code', 'code_verifier', 'refresh_token', 'token', 'password'];

/** As it goes over the wire (HTTP/1.1), but for what is masked. */
function requestText({ method, path, headers, body }) {
  const lines = Object.entries({ host: location.host, ...headers }).map(
    ([name, value]) => `${nameOf(name)}: ${name === 'authorization' ? maskedCredentials(value) : value}`,
  );
  const shown = Object.entries(body ?? {}).map(([name, value]) => {
    const [[, encoded]] = [new URLSearchParams({ [name]: value }).toString().split('=')];
    return `${name}=${secretFields.includes(name) ? masked(value, name === 'password') : encoded}`;
  });
  return [`${method} ${path} HTTP/1.1`, ...lines, ...(shown.length > 0 ? ['', shown.join('&')] : [])].join('\n');
}

function answerText(response, text) {
  const headers = [...response.headers]
    .filter(([name]) => !ofConnection.includes(name))
    .map(([name, value]) => `${nameOf(name)}: ${value}`);
  const first = `HTTP/1.1 ${response.status} ${response.statusText}`.trim();
  return withoutSecrets([first, ...headers, '', indented(text) || texts.emptyBody].join('\n'));
}

/** `content-type` is how the browser hands it over; `Content-Type` is how it is usually written. */
function nameOf(header) {
  return header.replace(/(^|-)(?:www|[a-z])/g, (start) => start.toUpperCase());
}

/** Line breaks for whoever reads it, as long as nothing else changes by them. */
function indented(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

/** First and last four characters of what is long enough to stay secret like that. */
function masked(secret, whole = false) {
  return whole || secret.length < 16 ? '…' : `${secret.slice(0, 4)}…${secret.slice(-4)}`;
}

function maskedCredentials(value) {
  const [scheme, credentials] = value.split(' ');
  return `${scheme} ${masked(credentials)}`;
}

function withoutSecrets(text) {
  return [...secrets].reduce(
    (shown, secret) => (secret.length < 16 ? shown : shown.replaceAll(secret, masked(secret))),
    text,
  );
}

function show(step, name, text) {
  const figure = stepOf(step).querySelector(`[data-wire="${name}"]`);
  const waiting = stepOf(step).querySelector('[data-waiting]');
  if (waiting) waiting.hidden = true;
  figure.querySelector('code').textContent = text;
  figure.hidden = false;
}

function hide(step, name) {
  stepOf(step).querySelector(`[data-wire="${name}"]`).hidden = true;
}

function say(step, ...parts) {
  stepOf(step)
    .querySelector('[data-says]')
    .replaceChildren(...parts);
}

/** The error in the server's own words, with the page that explains it. */
function sayWrong(step, values, status) {
  const what = values.error_description ?? values.detail ?? values.error ?? values.code ?? String(status);
  const sentence = texts.wentWrong.replace('{what}', what);
  const uri = String(values.error_uri ?? '');
  // An address that was pasted may name any page; ours are the ones to lead to.
  if (!uri.startsWith(`${issuer}/`)) return say(step, sentence);
  const link = document.createElement('a');
  link.href = uri;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = texts.moreAbout.replace('{code}', values.error);
  say(step, `${sentence} `, link);
}

/** Says what is missing, and leads to it. */
function lacks(step, id, what) {
  if (entered(id) !== '') return false;
  field(id).focus();
  say(step, texts.missing.replace('{what}', what));
  return true;
}
