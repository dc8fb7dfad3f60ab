// Sends requests from the API reference. The access token is only in its field: the script stores it nowhere and puts
// it into no URL. Requests have no cookies and no referrer, and their responses are not cached.

const root = document.querySelector('[data-reference]');
const texts = JSON.parse(root.dataset.texts);
const tokenField = document.querySelector('#access-token');

/** The response headers that are shown. */
const shownHeaders = ['content-type', 'retry-after', 'www-authenticate', 'x-request-id'];

document.querySelector('[data-token]').hidden = false;
// Browsers may restore the values of fields when a page is reloaded.
tokenField.value = '';
addEventListener('pageshow', (event) => {
  // The back/forward cache restored the page with the token in its field.
  if (event.persisted) location.reload();
});

for (const attempt of document.querySelectorAll('[data-attempt]')) {
  const button = attempt.querySelector('[data-send]');
  attempt.hidden = false;
  button.addEventListener('click', () => send(attempt));
  attempt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('input')) send(attempt);
  });
}

async function send(attempt) {
  if (attempt.dataset.busy) return;
  const error = validate(attempt);
  attempt.querySelector('[data-problem]').textContent = error ?? '';
  if (error !== undefined) return;
  attempt.dataset.busy = 'yes';
  showResponse(attempt, texts.sending, '');
  try {
    const response = await fetch(urlOf(attempt), requestOf(attempt));
    const body = await response.text();
    showResponse(attempt, `${response.status} ${response.statusText}`.trim(), responseText(response, body));
  } catch {
    attempt.querySelector('[data-result]').hidden = true;
    attempt.querySelector('[data-problem]').textContent = texts.unreachable;
  } finally {
    delete attempt.dataset.busy;
  }
}

/** Returns why the request can't be sent, and focuses the field that is wrong; `undefined`: it can be sent. */
function validate(attempt) {
  if (tokenField.value.trim() === '') {
    tokenField.focus();
    return texts.needsToken;
  }
  // Other characters can't be in a header.
  if (!/^[\x21-\x7e]+$/.test(tokenField.value.trim())) {
    tokenField.focus();
    return texts.wrongToken;
  }
  // An empty text in the body is a valid value.
  const empty = fieldsOf(attempt).find(
    (field) => 'required' in field.dataset && field.value === '' && !(field.dataset.where === 'body' && isText(field)),
  );
  empty?.focus();
  return empty && texts.needsField.replace('{name}', empty.dataset.name);
}

function fieldsOf(attempt, where) {
  const fields = [...attempt.querySelectorAll('[data-where]')];
  return where === undefined ? fields : fields.filter((field) => field.dataset.where === where);
}

function isText(field) {
  return field.dataset.kind === 'text';
}

function urlOf(attempt) {
  let path = attempt.dataset.path;
  for (const field of fieldsOf(attempt, 'path')) {
    path = path.replace(`{${field.dataset.name}}`, encodeURIComponent(field.value.trim()));
  }
  const query = fieldsOf(attempt, 'query').filter((field) => field.value !== '');
  const parameters = new URLSearchParams(query.map((field) => [field.dataset.name, field.value]));
  return query.length === 0 ? path : `${path}?${parameters}`;
}

function requestOf(attempt) {
  const headers = { authorization: `Bearer ${tokenField.value.trim()}`, accept: 'application/json' };
  const isolated = { credentials: 'omit', cache: 'no-store', redirect: 'manual', referrerPolicy: 'no-referrer' };
  const request = { method: attempt.dataset.method, headers, ...isolated };
  const fields = fieldsOf(attempt, 'body').filter((field) => 'required' in field.dataset || field.value !== '');
  if (fields.length === 0) return request;
  const body = Object.fromEntries(fields.map((field) => [field.dataset.name, jsonValueOf(field)]));
  return { ...request, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The JSON value of a field. Text that is not valid JSON is sent as a string: the server says what is wrong. */
function jsonValueOf(field) {
  if (isText(field)) return field.value;
  try {
    return JSON.parse(field.value);
  } catch {
    return field.value;
  }
}

function responseText(response, body) {
  const headers = shownHeaders
    .filter((name) => response.headers.has(name))
    .map((name) => `${name}: ${response.headers.get(name)}`);
  return [...headers, '', indented(body) || texts.emptyBody].join('\n');
}

/** Indents JSON if that changes nothing but white space. */
function indented(body) {
  try {
    const value = JSON.parse(body);
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}

function showResponse(attempt, status, text) {
  const result = attempt.querySelector('[data-result]');
  result.hidden = false;
  result.querySelector('[data-status]').textContent = status;
  result.querySelector('figure').hidden = text === '';
  result.querySelector('[data-response]').textContent = text;
}
