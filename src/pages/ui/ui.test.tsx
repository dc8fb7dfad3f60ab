import { describe, expect, it } from 'vitest';
import { messagesFor } from '../messages/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from './badge.tsx';
import { renderDocument } from './document.tsx';
import { Button, ButtonLink } from './forms/button.tsx';
import { ErrorSummary } from './forms/error-summary.tsx';
import { Field } from './forms/field.tsx';
import { Form } from './forms/form.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './notice.tsx';
import { PageHeader } from './page-header.tsx';
import { Table } from './table.tsx';
import { LongValue } from './text/breakable.tsx';
import { CodeBlock } from './text/code-block.tsx';
import { IsolatedName, NamedSentence } from './text/isolated-text.tsx';

const context: PageContext = {
  messages: messagesFor('en'),
  viewer: null,
  csrf: 'the-token',
  path: '/login/',
  returnPath: '/login/?next=/account/',
  assets: (name) => `/assets/${name}`,
  theme: 'auto',
};
const html = (view: Parameters<typeof renderDocument>[0]) => renderDocument(view).replace('<!doctype html>', '');
const count = (text: string, part: string | RegExp) => text.split(part).length - 1;

describe('renderDocument', () => {
  it('begins with the doctype, so that browsers use standards mode', () => {
    expect(renderDocument(<p>text</p>)).toBe('<!doctype html><p>text</p>');
  });

  it('escapes texts and attributes', () => {
    expect(html(<p title={'"><script>'}>{'<script>&"'}</p>)).toBe(
      '<p title="&quot;>&lt;script>">&lt;script>&amp;&quot;</p>',
    );
  });
});

describe('a form', () => {
  it('is sent by POST with the form token', () => {
    const form = html(
      <Form context={context} action="/login/">
        <Button>Log in</Button>
      </Form>,
    );
    expect(form).toContain('<form method="post" action="/login/" class="form"');
    expect(form).toContain('<input type="hidden" name="csrf" value="the-token"/>');
  });

  it('sends its hidden fields, and leaves out undefined ones', () => {
    const form = html(
      <Form context={context} action="/x/" hidden={{ resume: 'r', next: undefined, viewer: 7 }}>
        {null}
      </Form>,
    );
    expect(form).toContain('name="resume" value="r"');
    expect(form).toContain('name="viewer" value="7"');
    expect(form).not.toContain('next');
  });
});

describe('a field', () => {
  it('has a label and no ARIA attributes without hint and errors', () => {
    const field = html(
      <Field name="email" label="E-mail address" type="email" autocomplete="username" value="a@b.example" />,
    );
    expect(field).toContain('<label for="email">E-mail address</label>');
    expect(field).toMatch(/<input id="email" name="email" type="email" value="a@b.example" autocomplete="username"/);
    expect(field).not.toMatch(/aria-describedby|aria-invalid/);
  });

  it('links to its hint and its errors, and is marked as invalid', () => {
    const field = html(<Field name="email" label="E-mail" hint="As you like" errors={['Missing.', 'Wrong.']} />);
    expect(field).toContain('aria-describedby="email-hint email-error"');
    expect(field).toContain('aria-invalid');
    expect(field).toMatch(/<p class="field-error" id="email-error">Missing. Wrong.<\/p>/);
    expect(field).toMatch(/<p class="field-hint" id="email-hint">As you like<\/p>/);
  });

  it.each(['email', 'password'] as const)('of type %s has no automatic capitals and no spell checking', (type) => {
    expect(html(<Field name="x" label="X" type={type} />)).toMatch(/autocapitalize="none" spellcheck="false"/);
  });
});

describe('an isolated name', () => {
  it('is in a <bdi>, whatever its direction', () => {
    expect(html(<IsolatedName>Peak AMS</IsolatedName>)).toBe('<bdi class="name">Peak AMS</bdi>');
    expect(html(<IsolatedName>אבג</IsolatedName>)).toBe('<bdi class="name">אבג</bdi>');
  });

  it.each([
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u0000',
    '\n',
    '\u2028',
    '\u2029',
    '\u0085',
  ])('leaves out the control character %j', (character) => {
    expect(html(<IsolatedName>{`Peak${character}AMS${character}`}</IsolatedName>)).toBe(
      '<bdi class="name">PeakAMS</bdi>',
    );
  });

  it('keeps a joiner that its script needs', () => {
    expect(html(<IsolatedName>{'می\u200cخواهم'}</IsolatedName>)).toContain('می\u200cخواهم');
  });

  it('may wrap within a word of more than 30 characters only', () => {
    const x = 'x'.repeat(30);
    expect(html(<IsolatedName>{`Peak ${x}${x}x AMS`}</IsolatedName>)).toBe(
      `<bdi class="name">Peak ${x}<wbr/>${x}<wbr/>x AMS</bdi>`,
    );
    expect(html(<IsolatedName>{`${x} ${x}`}</IsolatedName>)).toBe(`<bdi class="name">${x} ${x}</bdi>`);
  });

  it('is every second part of a NamedSentence', () => {
    expect(html(<NamedSentence parts={['Does ', '<Peak>', ' ask?']} />)).toBe(
      'Does <bdi class="name">&lt;Peak></bdi> ask?',
    );
  });
});

describe('the error summary', () => {
  it('renders nothing without errors', () => {
    expect(html(<ErrorSummary context={context} lines={[]} />)).toBe('');
  });

  it('takes the focus, and links to each field', () => {
    const summary = html(
      <ErrorSummary context={context} lines={[{ field: 'email', text: 'Enter it.' }, { text: 'Wait.' }]} />,
    );
    expect(summary).toMatch(/role="alert"[^>]*autofocus/);
    expect(summary).toContain('2 things need your attention');
    expect(summary).toContain('<li><a href="#email">Enter it.</a></li><li>Wait.</li>');
  });
});

describe('a notice', () => {
  it.each([
    ['good', 'status'],
    ['info', 'status'],
    ['warning', 'status'],
    ['bad', 'alert'],
  ] as const)('of tone %s has the role %s and an icon', (tone, role) => {
    const notice = html(<Notice tone={tone}>Text</Notice>);
    expect(notice).toContain(`class="notice notice-${tone}" role="${role}"`);
    expect(notice).toMatch(/<svg[^>]* aria-hidden="true"/);
  });
});

describe('a button', () => {
  it('submits its form, with its name and value if it has them', () => {
    expect(html(<Button>Save</Button>)).toBe('<button type="submit" class="button button-secondary">Save</button>');
    expect(
      html(
        <Button weight="danger" name="decision" value="deny">
          Deny
        </Button>,
      ),
    ).toBe('<button type="submit" class="button button-danger" name="decision" value="deny">Deny</button>');
  });

  it('is a link as ButtonLink', () => {
    expect(html(<ButtonLink href="/x/">Go</ButtonLink>)).toBe('<a class="button button-secondary" href="/x/">Go</a>');
  });
});

describe('a table', () => {
  it('has a caption, column headers, and the name of the column in each cell for small screens', () => {
    const table = html(<Table caption="Devices" columns={['Serial']} rows={[{ key: '1', cells: ['012345'] }]} />);
    expect(table).toContain('<caption class="hidden">Devices</caption>');
    expect(table).toContain('<th scope="col">Serial</th>');
    expect(table).toContain('<td data-label="Serial"><div>012345</div></td>');
    expect(table).toContain('<div class="table-scroll" role="region" aria-label="Devices" tabindex="0">');
  });
});

describe('the small components', () => {
  it('include a badge', () => {
    expect(html(<Badge tone="good">Active</Badge>)).toBe('<span class="badge badge-good">Active</span>');
  });

  it('include a page header with one heading', () => {
    expect(html(<PageHeader title="Title">Lead</PageHeader>)).toContain('<h1>Title</h1><p class="lead">Lead</p>');
    expect(html(<PageHeader title="Title" />)).not.toContain('<p');
  });

  it('include a code block that the keyboard can reach, whose copy button is hidden without a script', () => {
    const code = html(
      <CodeBlock context={context} label="Shell">
        {'curl <x>'}
      </CodeBlock>,
    );
    expect(code).toMatch(/<pre tabindex="0"><code>curl &lt;x><\/code><\/pre>/i);
    expect(code).toMatch(/<button type="button"[^>]* hidden/);
  });
});

describe('the layout of a page', () => {
  const page = (overrides: Partial<PageContext> = {}, task = false) =>
    html(
      <Layout context={{ ...context, ...overrides }} title="Log in" task={task}>
        text
      </Layout>,
    );

  it('has a language, a title, and a link that skips the navigation', () => {
    expect(page()).toContain('<html lang="en" data-theme="auto">');
    expect(page()).toContain('<title>Log in · Insiders</title>');
    expect(page()).toMatch(/<body><a class="skip" href="#content">.*<main id="content"/);
  });

  it('loads everything from this site only', () => {
    expect(page()).toContain('<link rel="stylesheet" href="/assets/app.css"/>');
    expect(page()).toMatch(/<script src="\/assets\/app\.js" defer[^>]*><\/script>/);
    expect(page()).not.toMatch(/(src|href|action)="(https?:)?\/\//);
  });

  it('links to the login without a viewer, and to the account with one', () => {
    expect(page()).toMatch(/href="\/login\/" aria-current="page"/);
    const viewer = { name: 'Anna', email: 'anna@club.example', role: null };
    expect(page({ viewer })).toContain('href="/account/"');
    expect(page({ viewer })).not.toContain('href="/login/"');
  });

  it('has no navigation on a page of a task', () => {
    expect(page({}, true)).not.toContain('<nav');
  });

  it.each(['auto', 'light', 'dark'] as const)('has the theme %s', (theme) => {
    expect(page({ theme })).toContain(`data-theme="${theme}"`);
    expect(page({ theme })).toMatch(
      new RegExp(`<option selected[^>]* value="${theme}"|<option value="${theme}" selected`),
    );
    expect(count(page({ theme }), / selected/)).toBe(1);
  });
});

describe('a long value without spaces', () => {
  it.each([
    ['https://peak.example/a-b?c=1', 'https://|peak.|example/|a-|b?|c=|1'],
    ['insiders_app_x', 'insiders_|app_|x'],
    ['anna.keller@club.example', 'anna.|keller@|club.|example'],
    ['127.0.0.1:8080', '127.0.0.1:|8080'],
    ['Chrome/153.0.1 x', 'Chrome/|153.0.1 x'],
    ['v2.example', 'v2.|example'],
    ['a/', 'a/'],
    ['plain', 'plain'],
  ])('%s may wrap after its separators', (text, pieces) => {
    expect(html(<LongValue>{text}</LongValue>).replaceAll('<wbr/>', '|')).toBe(`<bdi class="long">${pieces}</bdi>`);
  });

  it('leaves out control characters', () => {
    expect(html(<LongValue>{'a\u202eb\u2028c'}</LongValue>)).toBe('<bdi class="long">abc</bdi>');
  });
});
