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
import { RunTheFlowView } from './run-the-flow/run-the-flow-view.tsx';
import { renderDocument } from './ui/document.tsx';
import type { Shell } from './ui/shell.ts';

/** Breaks out of an attribute, a text, or a script, wherever that can be done. */
const hostile = `"><script>alert(1)</script>'><img src=x onerror=alert(1)></textarea><!--`;
/** Turns the text around it, unless it is taken out. */
const turning = 'Peak\u202e\u2066elppA\u200f\u2028';
const name = `${turning}${hostile}`;

const messages = messagesFor('en');
const shell: Shell = {
  messages,
  viewer: { name, email: `${hostile}@club.example`, role: null },
  csrf: hostile,
  path: `/${hostile}`,
  here: `/${hostile}`,
  assets: (file) => `/assets/${file}`,
  theme: 'auto',
};
const nobody: Shell = { ...shell, viewer: null };
const destination = { resume: hostile, next: `/${hostile}` };
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
const typed = { firstName: hostile, lastName: hostile, email: hostile };

/** One operation of each kind, described by somebody hostile. */
const answer = { description: hostile, content: { 'application/json': { schema: { properties: { [hostile]: {} } } } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', description: hostile } };
const choice = { name: 'choice', in: 'query', schema: { type: 'string', enum: [hostile], default: hostile } };
const reference = referenceFrom({
  info: { title: hostile, version: '1' },
  paths: {
    [`/${hostile}/{id}/`]: {
      get: { operationId: 'read', parameters: [id, choice], responses: { 200: answer, 400: answer } },
      post: { operationId: 'write', requestBody: answer, summary: hostile, responses: { 201: answer } },
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

/** Every view, in each state that shows something else. To add a view: its lines here. */
const views: Readonly<Record<string, Readonly<Record<string, VNode>>>> = {
  ...portalViews({ ...shell, viewer: { name, email: hostile, role: 'administrator' } }, hostile, name),
  ...consoleViews(shell, hostile, name, connected),
  'account/confirm-view.tsx': {
    asks: <ConfirmView shell={shell} next={`/${hostile}`} failure={undefined} retryAfterSeconds={1} />,
    refused: <ConfirmView shell={shell} next={undefined} failure="refused" retryAfterSeconds={1} />,
    busy: <ConfirmView shell={shell} next={undefined} failure="busy" retryAfterSeconds={3} />,
  },
  'account/account-view.tsx': {
    empty: <AccountView shell={shell} firstName={hostile} connected={[]} ownedDevices={0} />,
    connected: <AccountView shell={shell} firstName={hostile} connected={[connected]} ownedDevices={3} />,
    disconnected: (
      <AccountView
        shell={shell}
        firstName={hostile}
        connected={[]}
        ownedDevices={1}
        notice={{ kind: 'disconnected', application }}
      />
    ),
    'password changed': (
      <AccountView shell={shell} firstName="x" connected={[]} ownedDevices={1} notice={{ kind: 'password-changed' }} />
    ),
  },
  'account/disconnect-view.tsx': {
    asks: <DisconnectView shell={shell} application={application} authorizationId={hostile} />,
  },
  'account/password-view.tsx': {
    empty: <PasswordView shell={shell} problems={[]} />,
    wrong: <PasswordView shell={shell} problems={['too_short', 'common', 'unchanged']} />,
    refused: <PasswordView shell={shell} problems={[]} failure="refused" />,
    throttled: <PasswordView shell={shell} problems={[]} failure="throttled" retryAfterSeconds={100} />,
  },
  'api-reference/api-reference-view.tsx': {
    all: (
      <ApiReferenceView
        shell={shell}
        reference={reference}
        publicUrl="https://insiders.example"
        requestsPerMinute={60}
      />
    ),
    unlimited: <ApiReferenceView shell={nobody} reference={reference} publicUrl={hostile} requestsPerMinute={0} />,
  },
  'consent/consent-view.tsx': {
    asks: (
      <ConsentView shell={shell} application={application} destination="ams.example" resume={hostile} viewerId={7} />
    ),
    'without a website': (
      <ConsentView
        shell={shell}
        application={{ ...application, website: null }}
        destination={hostile}
        resume={hostile}
        viewerId={7}
      />
    ),
  },
  'consent/sandbox-only-view.tsx': {
    stranger: (
      <SandboxOnlyView
        shell={shell}
        application={{ name, clientId: 'insiders_app_x' }}
        testUserEmail={null}
        resume={hostile}
      />
    ),
    member: (
      <SandboxOnlyView
        shell={shell}
        application={{ name, clientId: 'insiders_app_x' }}
        testUserEmail={hostile}
        resume={hostile}
      />
    ),
  },
  'devices/activation-view.tsx': {
    empty: <ActivationView shell={shell} values={{ serialNumber: '', deviceName: '' }} />,
    taken: <ActivationView shell={shell} values={{ serialNumber: '', deviceName: '' }} result="taken" />,
    unknown: <ActivationView shell={shell} values={{ serialNumber: hostile, deviceName: hostile }} result="unknown" />,
  },
  'docs/document-view.tsx': {
    page: <DocumentView shell={shell} sections={sections} page={documentPage} own={own} />,
    index: (
      <DocumentView
        own={own}
        shell={nobody}
        sections={sections}
        page={{ ...documentPage, source: { ...documentPage.source, name: 'index' } }}
      />
    ),
  },
  'docs/errors/errors-view.tsx': {
    all: <ErrorsView shell={shell} sections={sections} />,
    ...Object.fromEntries(
      documentedCodes.map((known) => [
        known.code,
        <ErrorCodeView
          key={known.code}
          shell={nobody}
          sections={sections}
          known={known}
          named={{ kind: 'none' }}
          issuer="https://insiders.example"
        />,
      ]),
    ),
  },
  'docs/search/search-view.tsx': {
    empty: <SearchView shell={shell} sections={sections} query="" hits={[]} />,
    nothing: <SearchView shell={shell} sections={sections} query={hostile} hits={[]} />,
    found: <SearchView shell={shell} sections={sections} query={hostile} hits={[hit]} />,
  },
  'gallery/gallery-view.tsx': { all: <UiView shell={shell} /> },
  'error/error-view.tsx': {
    known: <ErrorView shell={nobody} status={404} kind="not_found" requestId={hostile} />,
    explained: <ErrorView shell={nobody} status={400} kind="redirect_uri_mismatch" requestId={hostile} error="x" />,
    unknown: <ErrorView shell={nobody} status={500} kind={hostile} requestId={hostile} />,
  },
  'home/home-view.tsx': { 'logged in': <HomeView shell={shell} />, 'logged out': <HomeView shell={nobody} /> },
  'run-the-flow/run-the-flow-view.tsx': {
    all: (
      <RunTheFlowView
        own={{ clientId: hostile, redirectUri: null }}
        shell={shell}
        issuer={hostile}
        paths={{ authorize: hostile, token: hostile, revoke: hostile }}
      />
    ),
  },
  'login/login-view.tsx': {
    empty: (
      <LoginView shell={nobody} destination={{ resume: undefined, next: undefined }} applicationName={null} email="" />
    ),
    refused: (
      <LoginView shell={nobody} destination={destination} applicationName={name} email={hostile} failure="refused" />
    ),
    busy: (
      <LoginView
        shell={nobody}
        destination={destination}
        applicationName={name}
        email={hostile}
        failure="busy"
        retryAfterSeconds={2}
      />
    ),
  },
  'login/logout-view.tsx': { asks: <LogoutView shell={shell} /> },
  'login/signup-view.tsx': {
    empty: <SignupView shell={nobody} destination={destination} applicationName={null} values={typed} problems={[]} />,
    wrong: (
      <SignupView
        shell={nobody}
        destination={destination}
        applicationName={name}
        values={typed}
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
        shell={nobody}
        destination={destination}
        applicationName={name}
        values={typed}
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

/**
 * The opening tags of a page, read as a browser does: a quoted attribute ends at the next quote, whatever stands in it.
 */
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

it('there is no view that is not checked here', () => {
  const files = globSync('**/*-view.tsx', { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  expect(Object.keys(views).sort()).toEqual(files.sort());
});

describe.each(cases)('$file, $state', ({ html }) => {
  const tags = tagsOf(html);
  const withTag = (...names: readonly string[]) => tags.filter(({ tag }) => names.includes(tag));

  it('is a whole page with one first heading', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en"/);
    expect(withTag('h1')).toHaveLength(1);
    expect(withTag('main')).toHaveLength(1);
    // A picture may have titles of its own.
    expect(html.replace(/<svg.*?<\/svg>/gs, '').match(/<title>/g)).toHaveLength(1);
  });

  it('has no script, style or handler of its own', () => {
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

  it('leads to this site only', () => {
    for (const { attributes } of tags) {
      for (const attribute of ['href', 'src', 'action']) {
        const target = attributes[attribute];
        if (target !== undefined) expect(target).toMatch(/^(\/(?![/\\])|#)/);
      }
    }
  });

  it('shows what others wrote as text', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    // Each is closed as often as it was opened: no text closes one.
    expect(html.match(/<\/textarea>/g)?.length ?? 0).toBe(withTag('textarea').length);
  });

  it('lets no name turn the text around it', () => {
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]/);
  });

  it('has the token of the browser in every form, and posts them all but those that only read', () => {
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

  it('has a label for everything that can be filled in', () => {
    const labels = withTag('label').map(({ attributes }) => attributes.for);
    const inputs = withTag('input', 'select', 'textarea').filter(({ attributes }) => attributes.type !== 'hidden');
    expect(inputs.map(({ attributes }) => attributes.id).sort()).toEqual(labels.sort());
  });

  it('has ids of their own, and whatever points to one finds it', () => {
    const ids = tags.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const pointed = tags.flatMap(({ attributes }) => [
      ...(attributes['aria-describedby']?.split(' ') ?? []),
      ...(attributes.href?.startsWith('#') ? [attributes.href.slice(1)] : []),
    ]);
    for (const id of pointed) expect(ids).toContain(id);
  });

  it('never fills in a password', () => {
    for (const { attributes } of withTag('input')) {
      if (attributes.type === 'password') expect(attributes.value ?? '').toBe('');
    }
  });
});
