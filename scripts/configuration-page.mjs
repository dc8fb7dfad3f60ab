// Writes docs/configuration.md from the table of settings. Run it after a change to src/config/settings.ts:
// node_modules/.bin/node scripts/configuration-page.mjs
import { writeFileSync } from 'node:fs';
import { settings } from '../src/config/settings.ts';

const page = new URL('../docs/configuration.md', import.meta.url);

const intro = `# Configuration

<!-- Generated from src/config/settings.ts by scripts/configuration-page.mjs; change it there. -->

Everything is set by environment variables, and everything has a default that works. A variable that is set to nothing counts as not set.
\`insiders serve\` takes some of them as options, which are stronger: see \`insiders serve --help\`. If something is wrong, the start is refused with
all that is wrong; \`insiders doctor\` says the same without starting.

Times are in seconds. The value of a setting that is marked _secret_ never appears in messages or in the log.
`;

/** The whole page. */
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

if (import.meta.main) writeFileSync(page, configurationPage());
