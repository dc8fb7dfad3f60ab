/** The texts of the API reference, in English. Parts between backticks are shown as code. */
export const apiReference = {
  title: 'API reference',
  lead: 'Read and name the devices of the people who authorized your application.',
  navigation: 'On this page',
  basics: 'Basics',
  document: 'The same as an OpenAPI 3.1 document',

  authentication: {
    title: 'Authentication',
    text: [
      'Every request carries an access token in its `Authorization` header. A token stands for one user and one application, and expires after a while.',
      'Paths end with a slash. Times are ISO 8601 in UTC. Parameters that are not listed here are ignored; one that is sent twice is refused.',
    ],
    flow: 'How to get a token, step by step',
    example: 'A request',
  },
  paging: {
    title: 'Paging',
    text: [
      'A list comes in pages. `limit` says how many results a page holds, `page` which one is meant, `ordering` what they are ordered by.',
      '`next` and `previous` are numbers of pages, or null. Ask for `page` = `next` until it is null. A page beyond the last one is empty and not an error.',
      '`count` is how many results match in all.',
    ],
    example: 'The second of three pages',
  },
  errors: {
    title: 'Errors',
    text: [
      'An error has the HTTP status that fits, and says in JSON what is wrong: `code` is for the program and stays as it is, `detail` is for people and may change.',
      'Every response has an `X-Request-Id`. Tell us its value if you need help with a request.',
    ],
    oauth: 'What the errors of the OAuth endpoints mean',
    example: 'An error',
    table: 'All errors of the API',
  },
  throttling: {
    title: 'Throttling',
    limited: (perMinute: string) =>
      `An application may send ${perMinute} requests per minute, all its users together. Beyond that the response is 429, and \`Retry-After\` says how many seconds to wait.`,
    unlimited:
      'Requests are not counted on this server. If the response is 429, `Retry-After` says how many seconds to wait.',
    unavailable:
      'A 503 response means that the service is busy or being restarted. It also says in `Retry-After` when to come back; a request that reads can be repeated as it is.',
    example: 'Too many requests',
  },
  token: {
    title: 'Try it here',
    text: 'Below each operation is a form that sends a real request to this server, with your access token.',
    label: 'Access token',
    hint: 'Kept in the memory of this page, and sent to this server only. Leaving or reloading the page forgets it.',
    noScript: 'To try requests on this page, JavaScript must be on. Everything else here works without it.',
  },

  request: 'Request',
  response: (statuses: string) => `Response ${statuses}`,
  parameters: 'Parameters',
  body: 'Body',
  bodyText: 'A JSON object, sent with `Content-Type: application/json`.',
  responses: 'Responses',
  problems: 'Errors',
  linkTo: (what: string) => `Link to ${what}`,
  oneOf: 'One of',
  with: 'With',
  required: 'required',
  none: '–',
  columns: {
    name: 'Name',
    where: 'Where',
    type: 'Type',
    default: 'Default',
    meaning: 'Meaning',
    field: 'Field',
    status: 'Status',
    code: 'Code',
  },
  where: { path: 'path', query: 'query', body: 'body' },
  captions: {
    parameters: (operation: string) => `Parameters of ${operation}`,
    body: (operation: string) => `Body of ${operation}`,
    response: (operation: string) => `Fields of the response of ${operation}`,
    problems: (operation: string) => `Errors of ${operation}`,
  },

  attempt: {
    title: 'Try it',
    legend: (operation: string) => `Try ${operation}`,
    changes: 'This changes real data.',
    notSent: 'not sent',
    send: 'Send request',
    result: 'Response',
  },
  /** The texts of `assets/api-reference.js`. */
  script: {
    needsToken: 'Paste an access token first, at the top of this page.',
    wrongToken: 'This is no access token: it has a space or a character that no token has. Copy it once more.',
    needsField: 'Fill in {name}.',
    sending: 'Sending …',
    unreachable: 'There was no response. Check your connection, then try again.',
    emptyBody: '(no body)',
  },
} as const;
