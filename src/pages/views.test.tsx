import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { VNode } from 'preact';
import { describe, expect, it } from 'vitest';
import { consoleViews } from '../../test/support/views/console.tsx';
import { portalViews } from '../../test/support/views/portal.tsx';
import type { ConnectedApplication } from '../ports/store/index.ts';
import { AccountView } from './account/account-view.tsx';
import { ConfirmView } from './account/confirm-view.tsx';
import { DisconnectView } from './account/disconnect-view.tsx';
import { PasswordView } from './account/password-view.tsx';
import { ApiReferenceView } from './api-reference/api-reference-view.tsx';
import { referenceFrom } from './api-reference/reference.ts';
import { ConsentView } from './consent/consent-view.tsx';
import { SandboxOnlyView } from './consent/sandbox-only-view.tsx';
import { ActivationView } from './devices/activation-view.tsx';
import { DocumentView } from './docs/document-view.tsx';
import type { NavigationSection } from './docs/documentation.ts';
import { documentedCodes } from './docs/errors/error-codes.ts';
import { ErrorCodeView, ErrorsView } from './docs/errors/errors-view.tsx';
import { renderMarkdown } from './docs/markdown/render.ts';
import { SearchView } from './docs/search/search-view.tsx';
import { ErrorView } from './error/error-view.tsx';
import { UiView } from './gallery/gallery-view.tsx';
import { HomeView } from './home/home-view.tsx';
import { LoginView } from './login/login-view.tsx';
import { LogoutView } from './login/logout-view.tsx';
import { SignupView } from './login/signup-view.tsx';
import { messagesFor } from './messages/index.ts';
import type { PageContext } from './page-context.ts';
import { RunTheFlowView } from './run-the-flow/run-the-flow-view.tsx';
import { renderDocument } from './ui/document.tsx';

/** Breaks out of an attribute, a text or a script, if it is not escaped. */
const hostile = `"><script>alert(1)</script>'><img src=x onerror=alert(1)></textarea><!--`;
/** Reverses the text around it, unless its bidirectional control characters are removed. */
const bidirectional = 'Peak\u202e\u2066elppA\u200f\u2028';
const name = `${bidirectional}${hostile}`;

const messages = messagesFor('en');
const context: PageContext = {
  messages,
  viewer: { name, email: `${hostile}@club.example`, role: null },
  csrf: hostile,
  path: `/${hostile}`,
  returnPath: `/${hostile}`,
  assets: (file) => `/assets/${file}`,
  theme: 'auto',
};
const nobody: PageContext = { ...context, viewer: null };
const toRequest = { kind: 'request', id: hostile } as const;
const toPage = { kind: 'page', path: `/${hostile}` } as const;
const toAccount = { kind: 'account' } as const;
const application = {
  id: 'a',
  name,
  ownerName: name,
  website: `javascript:alert(1)//${name}`,
  status: 'suspended',
  consentEpoch: 1,
} as const;
const connected: ConnectedApplication = {
  application,
  authorization: {
    id: 'authorization-1',
    userId: 7,
    applicationId: 'a',
    scope: hostile,
    method: 'consent',
    consentEpoch: 1,
    createdAt: 0,
    lastUsedAt: null,
  },
};
const entered = { firstName: hostile, lastName: hostile, email: hostile };

/** One operation of each kind, with hostile descriptions. */
const content = {
  description: hostile,
  content: { 'application/json': { schema: { properties: { [hostile]: {} } } } },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', description: hostile } };
const choice = { name: 'choice', in: 'query', schema: { type: 'string', enum: [hostile], default: hostile } };
const reference = referenceFrom({
  info: { title: hostile, version: '1' },
  paths: {
    [`/${hostile}/{id}/`]: {
      get: { operationId: 'read', parameters: [id, choice], responses: { 200: content, 400: content } },
      post: { operationId: 'write', requestBody: content, summary: hostile, responses: { 201: content } },
    },
  },
});

const link = { href: '/docs/a/', title: hostile, description: hostile };
const sections: readonly NavigationSection[] = [{ name: 'start', links: [link, { ...link, href: '/docs/b/' }] }];
const markdown =
  '## One\n\nText\n\n### Two\n\n```bash\ncurl "https://x.example"\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |';
const own = {
  reader: { clientId: null, redirectUri: null },
  application: { clientId: 'insiders_app_x', name },
  others: [{ clientId: 'insiders_app_y', name }],
};
const documentPage = {
  source: {
    name: 'a',
    title: hostile,
    description: hostile,
    section: 'start',
    order: 1,
    markdown: `${markdown}{{client_id}}`,
  },
  markdown,
  ...renderMarkdown(markdown, messages.docs.code),
} as const;
const hit = { href: '/docs/a/#one', title: hostile, heading: hostile, text: hostile, excerpt: [hostile, hostile, ''] };

/** Every view, in each of its states. A new view needs its lines here. */
const views: Readonly<Record<string, Readonly<Record<string, VNode>>>> = {
  ...portalViews({ ...context, viewer: { name, email: hostile, role: 'administrator' } }, hostile, name),
  ...consoleViews(context, hostile, name, connected),
  'account/confirm-view.tsx': {
    asks: <ConfirmView context={context} returnTo={toPage} failure={undefined} retryAfterSeconds={1} />,
    refused: <ConfirmView context={context} returnTo={toAccount} failure="refused" retryAfterSeconds={1} />,
    busy: <ConfirmView context={context} returnTo={toAccount} failure="busy" retryAfterSeconds={3} />,
  },
  'account/account-view.tsx': {
    empty: <AccountView context={context} firstName={hostile} connected={[]} ownedDevices={0} />,
    connected: <AccountView context={context} firstName={hostile} connected={[connected]} ownedDevices={3} />,
    disconnected: (
      <AccountView
        context={context}
        firstName={hostile}
        connected={[]}
        ownedDevices={1}
        notice={{ kind: 'disconnected', application }}
      />
    ),
    'password changed': (
      <AccountView
        context={context}
        firstName="x"
        connected={[]}
        ownedDevices={1}
        notice={{ kind: 'password-changed' }}
      />
    ),
  },
  'account/disconnect-view.tsx': {
    asks: <DisconnectView context={context} application={application} authorizationId={hostile} />,
  },
  'account/password-view.tsx': {
    empty: <PasswordView context={context} problems={[]} />,
    wrong: <PasswordView context={context} problems={['too_short', 'common', 'unchanged']} />,
    refused: <PasswordView context={context} problems={[]} failure="refused" />,
    throttled: <PasswordView context={context} problems={[]} failure="throttled" retryAfterSeconds={100} />,
  },
  'api-reference/api-reference-view.tsx': {
    all: (
      <ApiReferenceView
        context={context}
        reference={reference}
        publicUrl="https://insiders.example"
        requestsPerMinute={60}
      />
    ),
    unlimited: <ApiReferenceView context={nobody} reference={reference} publicUrl={hostile} requestsPerMinute={0} />,
  },
  'consent/consent-view.tsx': {
    asks: (
      <ConsentView
        context={context}
        application={application}
        destination="ams.example"
        pendingId={hostile}
        viewerId={7}
      />
    ),
    'without a website': (
      <ConsentView
        context={context}
        application={{ ...application, website: null }}
        destination={hostile}
        pendingId={hostile}
        viewerId={7}
      />
    ),
  },
  'consent/sandbox-only-view.tsx': {
    stranger: (
      <SandboxOnlyView
        context={context}
        application={{ name, clientId: 'insiders_app_x' }}
        testUserEmail={null}
        pendingId={hostile}
      />
    ),
    member: (
      <SandboxOnlyView
        context={context}
        application={{ name, clientId: 'insiders_app_x' }}
        testUserEmail={hostile}
        pendingId={hostile}
      />
    ),
  },
  'devices/activation-view.tsx': {
    empty: <ActivationView context={context} values={{ serialNumber: '', deviceName: '' }} />,
    taken: <ActivationView context={context} values={{ serialNumber: '', deviceName: '' }} result="taken" />,
    unknown: (
      <ActivationView context={context} values={{ serialNumber: hostile, deviceName: hostile }} result="unknown" />
    ),
  },
  'docs/document-view.tsx': {
    page: <DocumentView context={context} sections={sections} page={documentPage} own={own} />,
    index: (
      <DocumentView
        own={own}
        context={nobody}
        sections={sections}
        page={{ ...documentPage, source: { ...documentPage.source, name: 'index' } }}
      />
    ),
  },
  'docs/errors/errors-view.tsx': {
    all: <ErrorsView context={context} sections={sections} />,
    ...Object.fromEntries(
      documentedCodes.map((known) => [
        known.code,
        <ErrorCodeView
          key={known.code}
          context={nobody}
          sections={sections}
          known={known}
          named={{ kind: 'none' }}
          issuer="https://insiders.example"
        />,
      ]),
    ),
  },
  'docs/search/search-view.tsx': {
    empty: <SearchView context={context} sections={sections} query="" hits={[]} />,
    nothing: <SearchView context={context} sections={sections} query={hostile} hits={[]} />,
    found: <SearchView context={context} sections={sections} query={hostile} hits={[hit]} />,
  },
  'gallery/gallery-view.tsx': { all: <UiView context={context} /> },
  'error/error-view.tsx': {
    known: <ErrorView context={nobody} status={404} kind="not_found" requestId={hostile} />,
    explained: <ErrorView context={nobody} status={400} kind="redirect_uri_mismatch" requestId={hostile} error="x" />,
    unknown: <ErrorView context={nobody} status={500} kind={hostile} requestId={hostile} />,
  },
  'home/home-view.tsx': { 'logged in': <HomeView context={context} />, 'logged out': <HomeView context={nobody} /> },
  'run-the-flow/run-the-flow-view.tsx': {
    all: (
      <RunTheFlowView
        own={{ clientId: hostile, redirectUri: null }}
        context={context}
        issuer={hostile}
        paths={{ authorize: hostile, token: hostile, revoke: hostile }}
      />
    ),
  },
  'login/login-view.tsx': {
    empty: <LoginView context={nobody} returnTo={toAccount} applicationName={null} email="" />,
    refused: <LoginView context={nobody} returnTo={toPage} applicationName={name} email={hostile} failure="refused" />,
    busy: (
      <LoginView
        context={nobody}
        returnTo={toRequest}
        applicationName={name}
        email={hostile}
        failure="busy"
        retryAfterSeconds={2}
      />
    ),
  },
  'login/logout-view.tsx': { asks: <LogoutView context={context} /> },
  'login/signup-view.tsx': {
    empty: <SignupView context={nobody} returnTo={toRequest} applicationName={null} values={entered} problems={[]} />,
    wrong: (
      <SignupView
        context={nobody}
        returnTo={toRequest}
        applicationName={name}
        values={entered}
        problems={[
          { field: 'firstName', code: 'required' },
          { field: 'lastName', code: 'too_long' },
          { field: 'email', code: 'taken' },
          { field: 'password', code: 'common' },
        ]}
      />
    ),
    throttled: (
      <SignupView
        context={nobody}
        returnTo={toRequest}
        applicationName={name}
        values={entered}
        problems={[]}
        failure="throttled"
        retryAfterSeconds={9}
      />
    ),
  },
};

interface Tag {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The opening tags of a page, parsed like in a browser: a quoted attribute ends at the next quote. */
function tagsOf(html: string): readonly Tag[] {
  return [...html.matchAll(/<([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>/g)].map(([, tag = '', rest = '']) => ({
    tag: tag.toLowerCase(),
    attributes: Object.fromEntries(
      [...rest.matchAll(/([^\s=/"]+)(?:="([^"]*)")?/g)].map(([, attribute = '', value = '']) => [
        attribute.toLowerCase(),
        value,
      ]),
    ),
  }));
}

function formsOf(html: string): readonly string[] {
  return html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
}

const cases = Object.entries(views).flatMap(([file, states]) =>
  Object.entries(states).map(([state, view]) => ({ file, state, html: renderDocument(view) })),
);

it('the table has every view', () => {
  const files = globSync('**/*-view.tsx', { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  expect(Object.keys(views).sort()).toEqual(files.sort());
});

describe.each(cases)('$file, $state', ({ html }) => {
  const tags = tagsOf(html);
  const withTag = (...names: readonly string[]) => tags.filter(({ tag }) => names.includes(tag));

  it('is a complete page with one first-level heading', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en"/);
    expect(withTag('h1')).toHaveLength(1);
    expect(withTag('main')).toHaveLength(1);
    // An SVG may contain titles.
    expect(html.replace(/<svg.*?<\/svg>/gs, '').match(/<title>/g)).toHaveLength(1);
  });

  it('has no inline script, style or event handler', () => {
    const [first, ...more] = withTag('script').map(({ attributes }) => attributes.src);
    expect(first).toBe('/assets/app.js');
    for (const script of more) expect(script).toMatch(/^\/assets\/[a-z-]+\.js$/);
    expect(html.match(/<script[^>]*><\/script>/g)).toHaveLength(1 + more.length);
    expect(withTag('style', 'iframe', 'object', 'embed', 'base', 'img')).toEqual([]);
    for (const { attributes } of tags) {
      expect(
        Object.keys(attributes).filter((attribute) => /^on|^style$|^srcdoc$|^formaction$/.test(attribute)),
      ).toEqual([]);
    }
  });

  it('links to this site only', () => {
    for (const { attributes } of tags) {
      for (const attribute of ['href', 'src', 'action']) {
        const target = attributes[attribute];
        if (target !== undefined) expect(target).toMatch(/^(\/(?![/\\])|#)/);
      }
    }
  });

  it('escapes what users wrote', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    // As many end tags as start tags: no text ends a textarea.
    expect(html.match(/<\/textarea>/g)?.length ?? 0).toBe(withTag('textarea').length);
  });

  it('has no bidirectional control characters', () => {
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]/);
  });

  it('has the form token in every form that is sent by POST', () => {
    const forms = formsOf(html);
    expect(forms.length).toBe(withTag('form').length);
    for (const form of forms) {
      if (form.startsWith('<form method="get"')) {
        expect(form).not.toContain('csrf');
        continue;
      }
      const [first, ...fields] = tagsOf(form);
      expect(first?.attributes.method).toBe('post');
      const tokens = fields.filter(({ attributes }) => attributes.name === 'csrf');
      expect(tokens.map(({ attributes }) => [attributes.type, attributes.value])).toEqual([
        ['hidden', hostile.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
      ]);
    }
  });

  it('has a label for every field', () => {
    const labels = withTag('label').map(({ attributes }) => attributes.for);
    const inputs = withTag('input', 'select', 'textarea').filter(({ attributes }) => attributes.type !== 'hidden');
    expect(inputs.map(({ attributes }) => attributes.id).sort()).toEqual(labels.sort());
  });

  it('has unique IDs, and every reference to an ID exists', () => {
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const referenced = tags.flatMap(({ attributes }) => [
      ...(attributes['aria-describedby']?.split(' ') ?? []),
      ...(attributes.href?.startsWith('#') ? [attributes.href.slice(1)] : []),
    ]);
    for (const id of referenced) expect(ids).toContain(id);
  });

  it('never has a password as a value', () => {
    for (const { attributes } of withTag('input')) {
      if (attributes.type === 'password') expect(attributes.value ?? '').toBe('');
    }
  });
});
