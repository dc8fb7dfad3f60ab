/** The sections of the navigation, in its order. */
export const sectionNames = ['start', 'oauth', 'api', 'guides', 'reference'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A page as it is written in `docs/site/`: its front matter and its Markdown. */
export interface Source {
  /** The name of its file without `.md`, which is also its segment of the path. `index` is `/docs/` itself. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** `null`: the page is in no section. */
  readonly section: SectionName | null;
  /** The position within its section, ascending. */
  readonly order: number;
  readonly markdown: string;
}

/** Reads the front matter: lines of `name: value` between two `---`. @throws {Error} naming the page */
export function sourceFrom(name: string, text: string): Source {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n'));
  if (match === null) throw new Error(`docs/site/${name}.md has no front matter`);
  const [, head = '', markdown = ''] = match;
  const fields = new Map(head.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*:\s*/, '')]));
  const field = (key: string): string => {
    const value = fields.get(key);
    if (!value) throw new Error(`docs/site/${name}.md has no ${key} in its front matter`);
    return value;
  };
  return {
    name,
    title: field('title'),
    description: field('description'),
    section: name === 'index' ? null : sectionOf(name, field('section')),
    order: name === 'index' ? 0 : Number(field('order')),
    markdown,
  };
}

function sectionOf(name: string, text: string): SectionName {
  const section = sectionNames.find((known) => known === text);
  if (section === undefined) throw new Error(`docs/site/${name}.md is in no known section: ${text}`);
  return section;
}

/** The path of a page. */
export function pathOfPage(name: string): string {
  return name === 'index' ? '/docs/' : `/docs/${name}/`;
}

/** The path of a page as Markdown. */
export function markdownPathOf(name: string): string {
  return `/docs/${name}.md`;
}
