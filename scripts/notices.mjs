// The notices that the licences of bundled packages require: each package with its version, licence and licence text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A plugin of the bundler that writes THIRD-PARTY-NOTICES.txt. Fails if a package has no licence text. */
export const thirdPartyNotices = {
  name: 'third-party-notices',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
    const notices = noticesOf(modules.filter((id) => id.includes('/node_modules/')));
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source: notices });
  },
};

/** The text of the file. `modules`: paths of the bundled modules. */
function noticesOf(modules) {
  const found = modules.map((id) => packageOf(dirname(id)));
  // Two copies of one version have the same notice.
  const packages = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  const sections = [...packages].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => sectionOf(one));
  return [intro, ...sections].join(rule);
}

const intro = 'The files beside this one contain the following packages.\n';
const rule = `\n${'-'.repeat(80)}\n\n`;

/** The package that a folder belongs to. A folder inside a package can have its own package.json, without a name. */
function packageOf(folder) {
  const file = join(folder, 'package.json');
  const read = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (read.name === undefined || read.version === undefined) return packageOf(dirname(folder));
  return { ...read, folder };
}

function sectionOf({ name, version, license, author, folder }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) texts.push(textWithoutFile({ name, license, author }));
  return `${name} ${version}\nLicence: ${license}\n\n${texts.join('\n\n')}\n`;
}

/** The licence text of a package without a licence file. MIT only: its text differs in the author's name alone. */
function textWithoutFile({ name, license, author }) {
  const holder = author?.name ?? author;
  if (license !== 'MIT' || holder === undefined) throw new Error(`${name} (${license}) has no licence text`);
  return `MIT License\n\nCopyright (c) ${holder}\n\n${mit}`;
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
