import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

const files = globSync(['{src,test,bench,scripts,bin}/**/*.{ts,tsx,js,mjs,css}', '*.{ts,mjs}'], { cwd: root })
  .filter((file) => !file.startsWith('test/interop/seed/'))
  .sort();

/** A line that is a comment, or ends with one. */
const comment = /^\s*(?:\/\/|\/\*|\*|\{\/\*)|[\s;,]\/\/ /;

describe('a comment', () => {
  it('has lines of at most 120 columns: the formatter wraps code only', () => {
    const wide = files.flatMap((file) =>
      readFileSync(root + file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.length > 120 && comment.test(line) ? [`${file}:${index + 1}`] : [])),
    );
    expect(files).toContain('src/main.ts');
    expect(wide).toEqual([]);
  });
});
