import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './render.ts';

const words = { copy: 'Copy', copied: 'Copied', download: 'Download' };
const render = (markdown: string) => renderMarkdown(markdown, words);

describe('a page in Markdown', () => {
  it('has headings with unique IDs that link to themselves', () => {
    const { html, headings } = render('## The `token` request\n\n### Once\n\n## Once');
    expect(headings).toEqual([
      { id: 'the-token-request', text: 'The token request', level: 2 },
      { id: 'once', text: 'Once', level: 3 },
      { id: 'once-2', text: 'Once', level: 2 },
    ]);
    expect(html).toContain(
      '<h2 id="the-token-request"><a class="anchor" href="#the-token-request">The <code>token</code>',
    );
  });

  it('has tables that scroll and can be reached by keyboard', () => {
    expect(render('| Key | Value |\n| --- | --- |\n| a | `b` |').html).toBe(
      '<div class="scroll" tabindex="0" role="region" aria-label="Key, Value"><table><thead><tr><th scope="col">Key</th><th scope="col">Value</th></tr></thead>' +
        '<tbody><tr><td>a</td><td><code>b</code></td></tr></tbody></table></div>',
    );
  });

  it('has code blocks with their language, highlighting classes, and a hidden copy button', () => {
    const { html } = render('```json\n{"a": 1}\n```');
    expect(html).toContain('<figcaption>JSON</figcaption>');
    expect(html).toContain('<span class="hljs-attr">&quot;a&quot;</span>');
    expect(html).toMatch(/<button [^>]*data-copy [^>]*hidden>Copy<\/button>/);
    expect(html).not.toContain('style=');
  });

  it('names the language of a code block as readers call it', () => {
    expect(render('```bash\ncurl x\n```').html).toContain('<figcaption>Shell</figcaption>');
  });

  it('has its text by heading, for the search', () => {
    const { passages } = render(
      'First *words* & more.\n\n## One\n\n- a\n- b\n\n```bash\ncurl x\n```\n\n| k |\n| --- |\n| v |',
    );
    expect(passages.map(({ heading, text }) => [heading?.id, text])).toEqual([
      [undefined, 'First words & more.'],
      ['one', 'a b curl x k v'],
    ]);
  });

  it('adds rel=noreferrer to links to other sites only', () => {
    expect(render('[a](/docs/)').html).toContain('<a href="/docs/">a</a>');
    expect(render('[a](#b)').html).toContain('<a href="#b">a</a>');
    expect(render('[a](https://x.example/?a=1&b=2)').html).toContain(
      '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">a</a>',
    );
  });

  it('escapes HTML in code', () => {
    expect(render('`<script>`').html).toContain('<code>&lt;script&gt;</code>');
    expect(render('```text\n<script>\n```').html).toContain('&lt;script&gt;');
    expect(render('```python\n# <script>\n```').html).not.toContain('<script>');
  });

  it.each([
    ['a second title', '# Title'],
    ['raw HTML', '<script>alert(1)</script>'],
    ['raw HTML within a sentence', 'a <b onclick="x">b</b>'],
    ['a comment', '<!-- x -->'],
    ['an image', '![a](/a.png)'],
    ['a link that runs a script', '[a](javascript:alert(1))'],
    ['a link without https', '[a](http://x.example/)'],
    ['a link without a scheme', '[a](//x.example/)'],
    ['code without a language', '```\nx\n```'],
    ['code in an unknown language', '```cobol\nx\n```'],
  ])('is rejected with %s', (_case, markdown) => {
    expect(() => render(markdown)).toThrow();
  });
});

describe('the same example in several languages', () => {
  const tabs = '```bash tab=curl\ncurl\n```\n\n```python tab=Python file=/docs/examples/python/paging.py\nprint()\n```';

  it('is one group of blocks, each with its name as a heading one level below', () => {
    const { html } = render(`## One\n\n${tabs}`);
    expect(html.match(/<div class="tabs" data-tabs>/g)).toHaveLength(1);
    expect(html).toContain('<div class="tab" data-tab="curl"><h3 class="tab-name">curl</h3>');
    expect(html).toContain('<div class="tab" data-tab="Python"><h3 class="tab-name">Python</h3>');
  });

  it('has a download link if it is a file', () => {
    expect(render(tabs).html).toContain('<a href="/docs/examples/python/paging.py" download>Download paging.py</a>');
  });

  it('is two groups if text is between them', () => {
    expect(render(`${tabs}\n\nText\n\n${tabs}`).html.match(/data-tabs/g)).toHaveLength(2);
  });
});
