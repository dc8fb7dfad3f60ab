import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { createDocumentation } from './documentation.ts';
import { llmsText, pageMarkdown } from './markdown/markdown.ts';
import { type Source, sourceFrom } from './source.ts';

const config = loadConfig({}, { publicUrl: 'https://api.example' });
const source = (name: string, order: number, markdown: string): Source => ({
  name,
  title: name.toUpperCase(),
  description: `About ${name}.`,
  section: 'start',
  order,
  markdown,
});

describe('the front matter of a page', () => {
  it('has title, description, section and order', () => {
    expect(sourceFrom('a', '---\ntitle: A: b\ndescription: c\nsection: api\norder: 2\n---\nText\n')).toEqual({
      name: 'a',
      title: 'A: b',
      description: 'c',
      section: 'api',
      order: 2,
      markdown: 'Text\n',
    });
  });

  it.each([
    ['is missing', 'Text'],
    ['has no title', '---\ndescription: c\nsection: api\norder: 2\n---\n'],
    ['has an unknown section', '---\ntitle: a\ndescription: c\nsection: nope\norder: 2\n---\n'],
  ])('is rejected if it %s', (_case, text) => {
    expect(() => sourceFrom('a', text)).toThrow(/docs\/site\/a\.md/);
  });
});

describe('the documentation', () => {
  it('lists the links of a section by their order', () => {
    const { sections } = createDocumentation(config, [source('b', 2, 'x'), source('a', 1, 'x')], []);
    expect(sections.find(({ name }) => name === 'start')?.links.map(({ href }) => href)).toEqual([
      '/docs/a/',
      '/docs/b/',
      '/docs/run-the-flow/',
    ]);
    expect(sections.flatMap(({ links }) => links).some(({ href }) => href === '/docs/errors/')).toBe(true);
  });

  it('throws an error that names the invalid page', () => {
    expect(() => createDocumentation(config, [source('a', 1, '{{nope}}')], [])).toThrow(
      'docs/site/a.md: There is no fact',
    );
    expect(() => createDocumentation(config, [source('a', 1, '<b>')], [])).toThrow(
      'docs/site/a.md: A page must not have',
    );
  });

  it('is available as Markdown, with absolute links and without tabs', () => {
    const documentation = createDocumentation(
      config,
      [source('a', 1, '[b](/docs/b/)\n\n```bash tab=curl file=/x\ncurl {{endpoint.token}}\n```\n')],
      [],
    );
    const page = documentation.pages.get('a');
    expect(page && pageMarkdown(page, documentation)).toBe(
      '# A\n\nAbout a.\n\n[b](https://api.example/docs/b/)\n\n**curl**\n\n```bash\ncurl https://api.example/oauth2/token/\n```\n',
    );
    expect(llmsText(documentation)).toContain('- [A](https://api.example/docs/a.md): About a.');
  });
});
