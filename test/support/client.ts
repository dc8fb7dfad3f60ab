/** A browser without a browser: it keeps cookies, follows redirects within a site, and fills in the forms it finds. */

import { recordSecret, searchPage } from './secrets.ts';

export interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly buttons: readonly { readonly name: string; readonly value: string; readonly text: string }[];
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly forms: readonly Form[];
  /** Where a redirect leads that was not followed, as it was written. */
  readonly location: string | undefined;
}

export class Browser {
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** One request; redirects are answers. */
  async send(target: string, options: RequestInit & { readonly headers?: Record<string, string> } = {}): Promise<Page> {
    const url = new URL(target, this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...options.headers };
    const answer = await fetch(url, { ...options, headers, redirect: 'manual' });
    // Other servers, such as an application, have secrets of their own.
    const isOurs = answer.headers.has('x-request-id');
    for (const line of answer.headers.getSetCookie()) this.#keep(line, isOurs);
    const html = await answer.text();
    if (isOurs) searchPage(`${url.pathname} (${answer.status})`, html);
    const location = answer.headers.get('location') ?? undefined;
    return { url, status: answer.status, headers: answer.headers, html, forms: formsOf(html), location };
  }

  /** Opens a page and follows redirects for as long as they stay on the site. */
  async open(target: string): Promise<Page> {
    return this.#follow(await this.send(target));
  }

  /** Sends a form without following where it leads. Names without a value are left out. */
  post(action: string, fields: Readonly<Record<string, string | undefined>>): Promise<Page> {
    const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.send(action, { method: 'POST', body: new URLSearchParams(known) });
  }

  /**
   * Fills in the form of a page that goes to `action`, presses a button if one is named, and follows where it leads.
   */
  async submit(page: Page, action: string, values: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#follow(await this.post(action, { ...formTo(page, action).fields, ...values }));
  }

  /** The same, up to the first answer. */
  press(page: Page, action: string, values: Readonly<Record<string, string | undefined>> = {}): Promise<Page> {
    return this.post(action, { ...formTo(page, action).fields, ...values });
  }

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

  #keep(line: string, isOurs: boolean): void {
    const [pair = '', ...attributes] = line.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    const ends = attributes.some((attribute) => /^\s*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(attribute));
    if (ends) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(equals + 1));
    if (!ends && isOurs) recordSecret(pair.slice(equals + 1));
  }
}

/** The form of a page that goes to `action`. */
export function formTo(page: Page, action: string): Form {
  const form = page.forms.find((each) => each.action === action);
  if (form === undefined)
    throw new Error(`${page.url} (${page.status}) has no form to ${action}:\n${textOf(page.html)}`);
  return form;
}

/** What a person reads of a page. */
export function textOf(html: string): string {
  const body = html.replace(/^.*<body[^>]*>/s, '').replace(/<(script|style|svg)\b.*?<\/\1>/gs, '');
  // A word goes on after a place where it may wrap.
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
      return { name, value, text: textOf(label) };
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
