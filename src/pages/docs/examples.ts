/**
 * The programs that a page may show with `{{example id}}`: files of this name, or of this name and that of a variant.
 */
const exampleIds = ['authorization-code', 'password', 'refresh', 'revoke', 'paging'] as const;
type ExampleId = (typeof exampleIds)[number];

/** The languages in the order of the tabs: folder, what readers call it, and what the highlighter calls it. */
const languages = {
  curl: { label: 'curl', code: 'bash' },
  python: { label: 'Python', code: 'python' },
  typescript: { label: 'TypeScript', code: 'typescript' },
  php: { label: 'PHP', code: 'php' },
  go: { label: 'Go', code: 'go' },
  java: { label: 'Java', code: 'java' },
  csharp: { label: 'C#', code: 'csharp' },
} as const;
type Language = keyof typeof languages;

/** One program in one language: a file that runs as it is. */
export interface Example {
  readonly id: ExampleId;
  readonly language: Language;
  readonly fileName: string;
  readonly text: string;
}

/** What is known of the reader: their own application stands in the examples instead of a placeholder. */
export interface ExampleReader {
  readonly clientId: string | null;
  readonly redirectUri: string | null;
}

export const unknownReader: ExampleReader = { clientId: null, redirectUri: null };

/** What the example files have where the reader's own values belong. */
export const placeholders = {
  clientId: 'YOUR_CLIENT_ID_HERE',
  clientSecret: 'YOUR_CLIENT_SECRET_HERE',
  server: 'https://api.insiders.example',
  redirectUri: 'http://127.0.0.1:8000/authorized/',
} as const;

/** The example that a file is, or `undefined` for what only lies beside them. `read` is called for examples only. */
export function exampleFrom(language: string, fileName: string, read: () => string): Example | undefined {
  const id = exampleIds.find((known) => new RegExp(`^${known}(?:-[a-z-]+)?\\.[a-z]+$`).test(fileName));
  if (id === undefined || !Object.hasOwn(languages, language)) return undefined;
  return { id, language: language as Language, fileName, text: read() };
}

/**
 * Puts server, client id and callback into a program. The secret is never put in: programs read it from the
 * environment.
 */
export function personalise(text: string, issuer: string, reader: ExampleReader): string {
  return text
    .replaceAll(placeholders.server, () => issuer)
    .replaceAll(placeholders.clientId, () => reader.clientId ?? placeholders.clientId)
    .replaceAll(placeholders.redirectUri, () => reader.redirectUri ?? placeholders.redirectUri);
}

/** Makes tabs of each line `{{example id}}`: a fence for every language there is. @throws {Error} for an unknown id */
export function expandExamples(markdown: string, examples: readonly Example[]): string {
  return markdown.replace(/^\{\{example ([^}]*)\}\}$/gm, (_line, id: string) => {
    if (!exampleIds.some((known) => known === id)) throw new Error(`There is no example called ${id}`);
    const order = Object.keys(languages);
    return examples
      .filter((example) => example.id === id)
      .toSorted(
        (one, other) =>
          order.indexOf(one.language) - order.indexOf(other.language) || one.fileName.length - other.fileName.length,
      )
      .map(fenceOf)
      .join('\n\n');
  });
}

function fenceOf(example: Example): string {
  const { language, fileName, text } = example;
  const { code } = languages[language];
  // Longer than any fence in the program itself.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const tab = encodeURIComponent(tabOf(example));
  return `${fence}${code} tab=${tab} file=${exampleAddress(language, fileName)}\n${text.trimEnd()}\n${fence}`;
}

/** `TypeScript`, or `TypeScript, openid-client` for a variant that its file name tells. */
function tabOf({ id, language, fileName }: Example): string {
  const variant = fileName.slice(id.length, fileName.lastIndexOf('.')).replace(/^-/, '');
  return [languages[language].label, variant].filter((part) => part !== '').join(', ');
}

export function exampleAddress(language: string, fileName: string): string {
  return `/docs/examples/${language}/${fileName}`;
}
