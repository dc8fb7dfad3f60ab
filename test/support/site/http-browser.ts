/** An HTTP client that acts as a browser: it stores cookies, follows redirects within a site, and submits forms. */

import { registerSecret, searchPageForSecrets } from './secrets.ts';

/** A form of a page: hidden and visible `<input>`s with their values, and its buttons. */
export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly text: string }[];
}

/** A response, with the forms of its HTML. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly forms: readonly Form[];
  /** The `Location` header of a redirect that was not followed. */
  readonly location: string | undefined;
}

export class HttpBrowser {
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Sends one request; does not follow redirects. */
  async send(target: string, options: RequestInit & { readonly headers?: Record<string, string> } = {}): Promise<Page> {
    const url = new URL(target, this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...options.headers };
    const response = await fetch(url, { ...options, headers, redirect: 'manual' });
    // Only this server sends a request ID. The secrets of other servers, such as an application, are not searched for.
    const isOurs = response.headers.has('x-request-id');
    for (const line of response.headers.getSetCookie()) this.#storeCookie(line, isOurs);
    const html = await response.text();
    if (isOurs) searchPageForSecrets(`${url.pathname} (${response.status})`, html);
    const location = response.headers.get('location') ?? undefined;
    return { url, status: response.status, headers: response.headers, html, forms: formsOf(html), location };
  }

  /** Opens a page and follows redirects within the site. */
  async open(target: string): Promise<Page> {
    return this.#follow(await this.send(target));
  }

  /** Posts a form without following redirects. Fields with the value `undefined` are left out. */
  post(action: string, fields: Readonly<Record<string, string | undefined>>): Promise<Page> {
    const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.send(action, { method: 'POST', body: new URLSearchParams(known) });
  }

  /** Submits the form of a page with this action: its own fields and `values`. Follows redirects. */
  async submit(page: Page, action: string, values: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(await this.post(action, { ...formTo(page, action).fields, ...values }));
  }

  /** The same without following redirects. */
  press(page: Page, action: string, values: Readonly<Record<string, string | undefined>> = {}): Promise<Page> {
    return this.post(action, { ...formTo(page, action).fields, ...values });
  }

  /** Logs in on the login page. */
  async logIn(person: { readonly email: string; readonly password: string }): Promise<Page> {
    return this.submit(await this.open('/login/'), '/login/', { email: person.email, password: person.password });
  }

  async #follow(first: Page): Promise<Page> {
    let page = first;
    for (let hops = 0; page.location !== undefined; hops += 1) {
      const next = new URL(page.location, page.url);
      if (next.origin !== this.origin) return page;
      if (hops === 10) throw new Error(`Too many redirects: ${page.location}`);
      page = await this.send(next.href);
    }
    return page;
  }

  #storeCookie(line: string, isOurs: boolean): void {
    const [pair = '', ...attributes] = line.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    const isDeleted = attributes.some((attribute) => /^\s*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(attribute));
    if (isDeleted) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(equals + 1));
    if (!isDeleted && isOurs) registerSecret(pair.slice(equals + 1));
  }
}

/** The form of a page with this action. */
export function formTo(page: Page, action: string): Form {
  const form = page.forms.find((each) => each.action === action);
  if (form === undefined)
    throw new Error(`${page.url} (${page.status}) has no form to ${action}:\n${visibleText(page.html)}`);
  return form;
}

/** The visible text of a page. */
export function visibleText(html: string): string {
  const body = html.replace(/^.*<body[^>]*>/s, '').replace(/<(script|style|svg)\b.*?<\/\1>/gs, '');
  // A `<wbr>` does not end a word; other tags do.
  return decode(body.replace(/<wbr ?\/?>/g, '').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function formsOf(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inside = '']) => ({
    action: attributesOf(attributes).action ?? '',
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b([^>]*?)\/?>/g)].map(([, text = '']) => {
        const { name = '', value = '' } = attributesOf(text);
        return [name, value];
      }),
    ),
    buttons: [...inside.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(([, text = '', label = '']) => {
      const { name = '', value = '' } = attributesOf(text);
      return { name, value, text: visibleText(label) };
    }),
  }));
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-z-]+)="([^"]*)"/gi)].map(([, name = '', value = '']) => [name, decode(value)]),
  );
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
