/**
 * The IDs of the example programs; a page shows one with `{{example id}}`. Its files are `{id}.{extension}` and
 * `{id}-{variant}.{extension}` in each language.
 */
const exampleIds = ['authorization-code', 'password', 'refresh', 'revoke', 'paging'] as const;
type ExampleId = (typeof exampleIds)[number];

/** The languages by the name of their folder, in the order of the tabs. `code` is the language for the highlighter. */
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

/** One example program in one language. The file runs unchanged. */
export interface Example {
  readonly id: ExampleId;
  readonly language: Language;
  readonly fileName: string;
  readonly text: string;
}

/** The values of the reader's application that replace placeholders in examples; `null`: the placeholder stays. */
export interface ExampleReader {
  readonly clientId: string | null;
  readonly redirectUri: string | null;
}

export const unknownReader: ExampleReader = { clientId: null, redirectUri: null };

/** The placeholders in the example files. */
export const placeholders = {
  clientId: 'YOUR_CLIENT_ID_HERE',
  clientSecret: 'YOUR_CLIENT_SECRET_HERE',
  server: 'https://api.insiders.example',
  redirectUri: 'http://127.0.0.1:8000/authorized/',
} as const;

/** The example in a file, or `undefined` if the file is no example. `read` is called for examples only. */
export function exampleFrom(language: string, fileName: string, read: () => string): Example | undefined {
  const id = exampleIds.find((known) => new RegExp(`^${known}(?:-[a-z-]+)?\\.[a-z]+$`).test(fileName));
  if (id === undefined || !Object.hasOwn(languages, language)) return undefined;
  return { id, language: language as Language, fileName, text: read() };
}

/** Fills server, client ID and callback into a program. Programs read the client secret from the environment. */
export function personalise(text: string, issuer: string, reader: ExampleReader): string {
  return text
    .replaceAll(placeholders.server, () => issuer)
    .replaceAll(placeholders.clientId, () => reader.clientId ?? placeholders.clientId)
    .replaceAll(placeholders.redirectUri, () => reader.redirectUri ?? placeholders.redirectUri);
}

/**
 * Replaces each line `{{example id}}` by one fenced code block for each language, which become tabs.
 * @throws {Error} for an unknown ID
 */
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
  // Longer than any run of backticks in the program.
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longestRun + 1);
  const tab = encodeURIComponent(tabOf(example));
  return `${fence}${code} tab=${tab} file=${pathOfExample(language, fileName)}\n${text.trimEnd()}\n${fence}`;
}

/** The name of the tab: `TypeScript`, or with the variant of the file name `TypeScript, openid-client`. */
function tabOf({ id, language, fileName }: Example): string {
  const variant = fileName.slice(id.length, fileName.lastIndexOf('.')).replace(/^-/, '');
  return [languages[language].label, variant].filter((part) => part !== '').join(', ');
}

export function pathOfExample(language: string, fileName: string): string {
  return `/docs/examples/${language}/${fileName}`;
}
