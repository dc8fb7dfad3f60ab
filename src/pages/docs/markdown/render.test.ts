import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './render.ts';

const words = { copy: 'Copy', copied: 'Copied', download: 'Download' };
const render = (markdown: string) => renderMarkdown(markdown, words);

describe('a page in Markdown', () => {
  it('has headings that can be linked to, each with an id of its own', () => {
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

  it('has code with its language, coloured by classes, and a button that waits for its script', () => {
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

  it('marks links that lead away, and leaves those within the site as they are', () => {
    expect(render('[a](/docs/)').html).toContain('<a href="/docs/">a</a>');
    expect(render('[a](#b)').html).toContain('<a href="#b">a</a>');
    expect(render('[a](https://x.example/?a=1&b=2)').html).toContain(
      '<a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">a</a>',
    );
  });

  it('shows what looks like HTML in code as text', () => {
    expect(render('`<script>`').html).toContain('<code>&lt;script&gt;</code>');
    expect(render('```text\n<script>\n```').html).toContain('&lt;script&gt;');
    expect(render('```python\n# <script>\n```').html).not.toContain('<script>');
  });

  it.each([
    ['a second title', '# Title'],
    ['raw HTML', '<script>alert(1)</script>'],
    ['raw HTML within a sentence', 'a <b onclick="x">b</b>'],
    ['a comment', '<!-- x -->'],
    ['a picture', '![a](/a.png)'],
    ['a link that runs something', '[a](javascript:alert(1))'],
    ['a link without https', '[a](http://x.example/)'],
    ['a link that changes the host', '[a](//x.example/)'],
    ['code in no language', '```\nx\n```'],
    ['code in a language that nobody knows', '```cobol\nx\n```'],
  ])('is refused with %s', (_what, markdown) => {
    expect(() => render(markdown)).toThrow();
  });
});

describe('the same example in several languages', () => {
  const tabs = '```bash tab=curl\ncurl\n```\n\n```python tab=Python file=/docs/examples/python/paging.py\nprint()\n```';

  it('stands one below the other, each under its name, one level below the heading', () => {
    const { html } = render(`## One\n\n${tabs}`);
    expect(html.match(/<div class="tabs" data-tabs>/g)).toHaveLength(1);
    expect(html).toContain('<div class="tab" data-tab="curl"><h3 class="tab-name">curl</h3>');
    expect(html).toContain('<div class="tab" data-tab="Python"><h3 class="tab-name">Python</h3>');
  });

  it('can be downloaded where it is a file', () => {
    expect(render(tabs).html).toContain('<a href="/docs/examples/python/paging.py" download>Download paging.py</a>');
  });

  it('is two groups where text stands between', () => {
    expect(render(`${tabs}\n\nText\n\n${tabs}`).html.match(/data-tabs/g)).toHaveLength(2);
  });
});
