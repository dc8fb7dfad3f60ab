import { Problem } from '../../http/problem.ts';
import type { Page } from '../page.ts';
import { personalise, unknownReader } from './examples.ts';
import { readSources } from './files.ts';
import { errorsMarkdown, llmsText, pageMarkdown } from './markdown/markdown.ts';
import { documentationFor } from './pages.tsx';
import { ownOf } from './reader.ts';
import { markdownAddressOf } from './source.ts';

const markdown = 'text/markdown; charset=utf-8';
const text = 'text/plain; charset=utf-8';

/** `/docs/{page}.md`: the page for programs and for people who read plain text. */
const markdownPages: readonly Page[] = readSources().map(({ name }) => ({
  path: markdownAddressOf(name),
  guard: 'anyone',
  get: async ({ services }) => {
    const documentation = await documentationFor(services.config);
    const page = documentation.pageFor(name, unknownReader);
    if (page === undefined) throw new Problem(404, 'not_found', 'There is no such page');
    return { kind: 'document', contentType: markdown, body: pageMarkdown(page, documentation) };
  },
}));

const errorsMarkdownPage: Page = {
  path: '/docs/errors.md',
  guard: 'anyone',
  get: async () => ({ kind: 'document', contentType: markdown, body: errorsMarkdown() }),
};

/** `/docs/llms.txt`: what there is, for programs. */
const llmsPage: Page = {
  path: '/docs/llms.txt',
  guard: 'anyone',
  get: async ({ services }) => ({
    kind: 'document',
    contentType: text,
    body: llmsText(await documentationFor(services.config)),
  }),
};

/** `/docs/examples/{language}/{file}`: a program to save and run. Only files that were read at the start are there. */
const examplePage: Page = {
  path: '/docs/examples/:language/:file',
  guard: 'anyone',
  get: async (request) => {
    const { services, segments } = request;
    const { examples, issuer } = await documentationFor(services.config);
    const example = examples.find((each) => each.language === segments.language && each.fileName === segments.file);
    if (example === undefined) throw new Problem(404, 'not_found', 'There is no such example');
    const body = personalise(example.text, issuer, (await ownOf(request)).reader);
    return { kind: 'document', contentType: text, body, fileName: example.fileName };
  },
};

/** What the documentation has beside its pages. */
export const plainTexts: readonly Page[] = [...markdownPages, errorsMarkdownPage, llmsPage, examplePage];
