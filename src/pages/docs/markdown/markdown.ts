import { messagesFor } from '../../messages/index.ts';
import type { Documentation, DocumentPage, Link } from '../documentation.ts';
import { documentedCodes, statusText } from '../errors/error-codes.ts';
import { markdownPathOf } from '../source.ts';

/** A page as Markdown: title, description and body, with absolute links. */
export function pageMarkdown({ source, markdown }: DocumentPage, { issuer, sections }: Documentation): string {
  const contents =
    source.name === 'index'
      ? [
          listOf(
            sections.flatMap(({ links }) => links),
            '/',
          ),
        ]
      : [];
  const body = [`# ${source.title}`, source.description, plainFences(markdown.trim()), ...contents].join('\n\n');
  return `${body.replaceAll('](/', `](${issuer}/`)}\n`;
}

/** Replaces the options of tabs by the name of the tab above each code block. */
function plainFences(markdown: string): string {
  return markdown.replace(
    /^(`{3,}[a-z]+) tab=(\S+)(?: file=\S+)?$/gm,
    (_line, fence: string, tab: string) => `**${decodeURIComponent(tab)}**\n\n${fence}`,
  );
}

/** The index of all pages in the format of llmstxt.org: a summary, and links to each page as Markdown. */
export function llmsText({ issuer, sections, pages }: Documentation): string {
  const { docs, product } = messagesFor('en');
  const overview = pages.get('index')?.source;
  const parts = sections.map(({ name, links }) => `## ${docs.sections[name]}\n\n${listOf(links, '.md')}`);
  const head = [`# ${product}: ${docs.navigation}`, `> ${overview?.description ?? ''}`];
  const machineReadable = [
    `- [OpenAPI document](${issuer}/api/v1/openapi.json): every operation of the API`,
    `- [Authorization server metadata](${issuer}/.well-known/oauth-authorization-server): endpoints and what they take (RFC 8414)`,
  ];
  const overviewLink = overview
    ? [`- [${overview.title}](${issuer}${markdownPathOf('index')}): ${overview.description}`]
    : [];
  const text = [...head, overviewLink.join('\n'), ...parts, `## For programs\n\n${machineReadable.join('\n')}`].join(
    '\n\n',
  );
  return `${text.replaceAll('](/', `](${issuer}/`)}\n`;
}

function listOf(links: readonly Link[], ending: '/' | '.md'): string {
  return links
    .map(({ href, title, description, isTool }) => {
      const address = isTool ? href : href.replace(/\/$/, ending);
      return `- [${title}](${address}): ${description}`;
    })
    .join('\n');
}

/** All error codes on one page, as Markdown. */
export function errorsMarkdown(): string {
  const { errors } = messagesFor('en').docs;
  const parts = documentedCodes.map((documented) => {
    const { meaning, see, causes } = documented.explanation;
    const fixes = causes.map(({ cause, fix }) => `- ${cause} ${fix}`).join('\n');
    return [
      `## ${documented.code}`,
      `${statusText(documented, errors)}. ${meaning}`,
      `${errors.see}: ${see}`,
      fixes,
    ].join('\n\n');
  });
  return `# ${errors.title}\n\n${errors.description}\n\n${parts.join('\n\n')}\n`;
}
