// Sends requests from the API reference. The access token stays in the field it was pasted into: it is stored nowhere
// and is in no address, and the browser is told not to send or keep anything else along with it.

const root = document.querySelector('[data-reference]');
const texts = JSON.parse(root.dataset.texts);
const tokenField = document.querySelector('#access-token');

/** What is worth seeing of an answer beside its status and body. */
const headersOfInterest = ['content-type', 'retry-after', 'www-authenticate', 'x-request-id'];

document.querySelector('[data-token]').hidden = false;
// A browser may bring back what was in a field when the page is reloaded.
tokenField.value = '';
addEventListener('pageshow', (event) => {
  // It came back from memory as it was left, with the token.
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
  const problem = problemOf(attempt);
  attempt.querySelector('[data-problem]').textContent = problem ?? '';
  if (problem !== undefined) return;
  attempt.dataset.busy = 'yes';
  showAnswer(attempt, texts.sending, '');
  try {
    const response = await fetch(addressOf(attempt), requestOf(attempt));
    const body = await response.text();
    showAnswer(attempt, `${response.status} ${response.statusText}`.trim(), answerOf(response, body));
  } catch {
    attempt.querySelector('[data-result]').hidden = true;
    attempt.querySelector('[data-problem]').textContent = texts.unreachable;
  } finally {
    delete attempt.dataset.busy;
  }
}

/** What keeps the request from being sent; the field that mends it gets the focus. */
function problemOf(attempt) {
  if (tokenField.value.trim() === '') {
    tokenField.focus();
    return texts.needsToken;
  }
  // Nothing else could go in a header.
  if (!/^[\x21-\x7e]+$/.test(tokenField.value.trim())) {
    tokenField.focus();
    return texts.wrongToken;
  }
  // A text in the body may be empty on purpose.
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

function addressOf(attempt) {
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
  const alone = { credentials: 'omit', cache: 'no-store', redirect: 'manual', referrerPolicy: 'no-referrer' };
  const request = { method: attempt.dataset.method, headers, ...alone };
  const fields = fieldsOf(attempt, 'body').filter((field) => 'required' in field.dataset || field.value !== '');
  if (fields.length === 0) return request;
  const body = Object.fromEntries(fields.map((field) => [field.dataset.name, jsonValueOf(field)]));
  return { ...request, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What is not of its kind is sent as it is: the server says what is wrong with it. */
function jsonValueOf(field) {
  if (isText(field)) return field.value;
  try {
    return JSON.parse(field.value);
  } catch {
    return field.value;
  }
}

function answerOf(response, body) {
  const headers = headersOfInterest
    .filter((name) => response.headers.has(name))
    .map((name) => `${name}: ${response.headers.get(name)}`);
  return [...headers, '', indented(body) || texts.emptyBody].join('\n');
}

/** Line breaks for whoever reads it, as long as nothing else changes by them. */
function indented(body) {
  try {
    const value = JSON.parse(body);
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}

function showAnswer(attempt, status, answer) {
  const result = attempt.querySelector('[data-result]');
  result.hidden = false;
  result.querySelector('[data-status]').textContent = status;
  result.querySelector('figure').hidden = answer === '';
  result.querySelector('[data-answer]').textContent = answer;
}
