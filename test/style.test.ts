import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

const files = globSync(['{src,test,bench,scripts,bin}/**/*.{ts,tsx,js,mjs,css}', '*.{ts,mjs}'], { cwd: root })
  .filter((file) => !file.startsWith('test/interop/seed/'))
  .sort();

/** Matches lines that are part of a comment or end with one. */
const comment = /^\s*(?:\/\/|\/\*|\*|\{\/\*)|[\s;,]\/\/ /;

describe('the lines of a comment', () => {
  it('have at most 120 columns, which the formatter checks for code only', () => {
    const tooLong = files.flatMap((file) =>
      readFileSync(root + file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.length > 120 && comment.test(line) ? [`${file}:${index + 1}`] : [])),
    );
    expect(files).toContain('src/main.ts');
    expect(tooLong).toEqual([]);
  });
});
