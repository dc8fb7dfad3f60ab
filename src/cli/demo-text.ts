import type { Demo } from './demo.ts';

/** What the demo prints: who to be, what to open, what to paste. */
export function demoText(publicUrl: string, demo: Demo): string {
  const { administrator, manager, code, password } = demo;
  return `
  Insiders, with demo data

  Open        ${publicUrl}/
  Log in as   ${manager.email}   ${manager.password}   (a manager, owns 3 devices and owned 1 before)
              ${administrator.email}   ${administrator.password}   (an administrator)

  An application for each grant type
    authorization_code   client_id      ${code.clientId}
                         client_secret  ${code.clientSecret}
                         callback       http://127.0.0.1:8000/authorized/
    password             client_id      ${password.clientId}
                         client_secret  ${password.clientSecret}

  Ask for a token (password grant)

curl -sS -u '${password.clientId}:${password.clientSecret}' -d grant_type=password -d 'username=${manager.email}' --data-urlencode 'password=${manager.password}' ${publicUrl}/oauth2/token/

  Ask for consent (authorization code grant), in a browser

${publicUrl}/oauth2/authorize/?client_id=${code.clientId}&response_type=code&redirect_uri=http%3A//127.0.0.1%3A8000/authorized/&state=demo

`;
}
