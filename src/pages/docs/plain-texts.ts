import { Problem } from '../../http/problem.ts';
import type { Handler, PageRequest, PageResponse } from '../page.ts';
import { personalise, unknownReader } from './examples.ts';
import { errorsMarkdown, llmsText, pageMarkdown } from './markdown/markdown.ts';
import { documentationFor } from './pages.tsx';
import { readerApplicationsOf } from './reader.ts';

const markdown = 'text/markdown; charset=utf-8';
const text = 'text/plain; charset=utf-8';

/** `/docs/{page}.md`: a page as Markdown. */
export function showDocumentMarkdown(name: string): Handler {
  return async ({ services }) => {
    const documentation = await documentationFor(services.config);
    const page = documentation.pageFor(name, unknownReader);
    if (page === undefined) throw new Problem(404, 'not_found', 'There is no such page');
    return { kind: 'document', contentType: markdown, body: pageMarkdown(page, documentation) };
  };
}

/** `/docs/errors.md`: all error codes as Markdown. */
export async function showErrorCodesMarkdown(): Promise<PageResponse> {
  return { kind: 'document', contentType: markdown, body: errorsMarkdown() };
}

/** `/docs/llms.txt`: the index of all pages for programs (llmstxt.org). */
export async function showLlmsText({ services }: PageRequest): Promise<PageResponse> {
  return {
    kind: 'document',
    contentType: text,
    body: llmsText(await documentationFor(services.config)),
  };
}

/** `/docs/examples/{language}/{file}`: downloads an example program. Serves only files that `readExamples` found. */
export async function downloadExample(request: PageRequest): Promise<PageResponse> {
  const { services, segments } = request;
  const { examples, issuer } = await documentationFor(services.config);
  const example = examples.find((each) => each.language === segments.language && each.fileName === segments.file);
  if (example === undefined) throw new Problem(404, 'not_found', 'There is no such example');
  const body = personalise(example.text, issuer, (await readerApplicationsOf(request)).reader);
  return { kind: 'document', contentType: text, body, fileName: example.fileName };
}
