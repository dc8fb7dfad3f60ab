/** The texts of the page that runs the OAuth flow, in English. Parts between backticks are shown as code. */
export const runTheFlow = {
  title: 'Run the flow',
  lead: 'Go through authorization, tokens, the API, refresh and revocation with your own application, one request at a time.',
  about:
    'The requests are real and go to this server. Each is shown as it is sent, with its response; of secrets, codes and tokens you see the first and the last four characters. They stay in the memory of this page: reloading it forgets them.',
  noScript:
    'This page sends its requests with JavaScript. Without it you can read what happens in each step, not run it.',
  request: 'Request',
  response: 'Response',
  waiting: 'The request and its response appear here.',

  application: {
    title: 'Your application',
    text: [
      'You received a client ID, and a secret unless the application is public, when the application was registered.',
      'An application has one grant type. With the authorization code, users log in here and never give you their password. The password grant is for applications that are registered for it.',
    ],
    addresses: 'Addresses of this server',
    grant: 'Grant type',
    grants: { authorization_code: 'Authorization code', password: 'Password' },
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    clientSecretHint: 'Leave it empty for a public application. It is not stored.',
    redirectUri: 'Callback',
    redirectUriHint: 'As it is registered for the application, to the last character (`redirect_uri`).',
  },
  authorize: {
    title: 'Send the user to the authorization page',
    text: [
      'Your application creates a `state` and a `code_verifier` for this one user and stores them. The address carries the state and the SHA-256 of the verifier, the `code_challenge` (PKCE).',
      'The user logs in, and decides. This page opens the address in a new tab.',
    ],
    address: 'Address',
    stored: 'Stored by the application',
    open: 'Open the authorization page',
    renew: 'New state and verifier',
  },
  callback: {
    title: 'Take the user back',
    text: [
      'The browser ends at your callback, with `code` and `state` in its address. Your application compares the state with the one it stored, and stops if they differ: somebody else could have made that address.',
      'Copy the whole address from the address bar, even if your callback shows an error, and paste it here. A code can be used once, within a few minutes.',
    ],
    label: 'Address that the browser ended at',
    read: 'Read the address',
    found: 'What the address holds',
  },
  password: {
    title: 'The name and the password of the user',
    text: [
      'With this grant the user types both into your application. Forget the password as soon as you have tokens.',
    ],
    username: 'E-mail address',
    password: 'Password',
  },
  token: {
    title: 'Get tokens',
    text: {
      authorization_code:
        'Your server sends the code with the verifier, the same callback once more, and its own credentials.',
      password: 'Your server sends name and password with its own credentials.',
      credentials:
        'The credentials go in the `Authorization` header (HTTP Basic). A public application sends its `client_id` in the body.',
    },
    send: 'Request tokens',
  },
  api: {
    title: 'Call the API',
    text: ['The access token goes in the `Authorization` header of every request.'],
    path: 'What to read',
    send: 'Call the API',
  },
  refresh: {
    title: 'Refresh',
    text: [
      'When the access token has expired, the refresh token gets new ones without the user. Always store the refresh token of the last response: it may be a new one.',
    ],
    send: 'Refresh the tokens',
  },
  revoke: {
    title: 'Revoke',
    text: [
      'When the user leaves, revoke the refresh token. The access tokens that came with it are revoked too: call the API again to see it.',
    ],
    send: 'Revoke the refresh token',
  },
  reference: 'All operations of the API',

  /** The texts of `assets/run-the-flow.js`, which fills in `{…}`. */
  script: {
    missing: 'First: {what}.',
    missingClientId: 'enter the client ID',
    missingRedirectUri: 'enter the callback',
    missingCallback: 'paste the address that the browser ended at',
    missingCode: 'read an address with a code; a code can be sent only once',
    missingUsername: 'enter the e-mail address',
    missingPassword: 'enter the password',
    missingAccessToken: 'get tokens',
    missingRefreshToken: 'get tokens',
    opened: 'Opened in a new tab. Come back with the address of your callback.',
    renewed: 'There is a new state and a new verifier.',
    noAddress: 'This is not an address. It begins with the callback of your application.',
    wrongState:
      'The state is not the one that was sent. An application must not use this code. Open the authorization page again.',
    wrongIssuer: 'The response is from another server: iss is {iss}.',
    noCode: 'There is no code in this address. It must be the one that the browser ended at.',
    codeRead: 'The state is the one that was sent. The code is ready to be exchanged.',
    sending: 'Sending …',
    responded: 'The server responded with {status}.',
    wentWrong: 'What went wrong: {what}',
    moreAbout: 'More about {code}',
    unreachable: 'There was no response. Check your connection, then try again.',
    noPkce: 'This page came over an insecure connection, where browsers compute no challenge: PKCE is left out.',
    emptyBody: '(no body)',
  },
} as const;
