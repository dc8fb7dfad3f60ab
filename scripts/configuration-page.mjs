// Generates docs/configuration.md from the table of settings. Run it after a change to src/config/settings.ts:
// node_modules/.bin/node scripts/configuration-page.mjs
import { writeFileSync } from 'node:fs';
import { settings } from '../src/config/settings.ts';

const pageFile = new URL('../docs/configuration.md', import.meta.url);

const intro = `# Configuration

<!-- Generated from src/config/settings.ts by scripts/configuration-page.mjs; change it there. -->

Every setting is an environment variable and has a default that works. An empty variable counts as not set.
\`insiders serve\` has options for some of them, which take precedence: see \`insiders serve --help\`. If a setting is
wrong, the server does not start and prints all errors; \`insiders doctor\` prints them without starting.

Times are in seconds. The value of a setting marked _Secret_ never appears in messages or in the log.
`;

/** The text of the page. */
export function configurationPage() {
  const rows = Object.values(settings).map((setting) => [
    `\`${setting.name}\``,
    setting.default === null ? 'not set' : `\`${setting.default}\``,
    [`${setting.meaning}.`, range(setting.kind), setting.secret ? '_Secret._' : ''].filter(Boolean).join(' '),
  ]);
  return `${intro}\n${table([['Name', 'Default', 'Meaning'], ...rows])}\n`;
}

function range(kind) {
  if (kind.kind === 'integer') return `${kind.least} to ${kind.most}.`;
  return kind.kind === 'choice' ? `One of ${kind.of.map((text) => `\`${text}\``).join(', ')}.` : '';
}

function table([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.main) writeFileSync(pageFile, configurationPage());
