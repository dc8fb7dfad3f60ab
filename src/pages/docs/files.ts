import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { programFolder } from '../../config/program.ts';
import { type Example, exampleFrom } from './examples.ts';
import { type Source, sourceFrom } from './source.ts';

const documents = `${programFolder}/docs/`;

/** Reads all pages of `docs/site/`. @throws {Error} naming the file whose front matter is invalid */
export function readSources(): readonly Source[] {
  const folder = `${documents}site/`;
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => sourceFrom(name.slice(0, -'.md'.length), readFileSync(folder + name, 'utf8')));
}

/** Reads all programs of `docs/examples/{language}/`; none if the folder does not exist. */
export function readExamples(folder = `${documents}examples/`): readonly Example[] {
  if (!existsSync(folder)) return [];
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return languages.flatMap(({ name: language }) =>
    readdirSync(folder + language, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap(
        ({ name }) => exampleFrom(language, name, () => readFileSync(`${folder}${language}/${name}`, 'utf8')) ?? [],
      ),
  );
}
