import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { createDocumentation } from './documentation.ts';
import { type Example, exampleFrom, expandExamples, personalise, unknownReader } from './examples.ts';
import { readExamples } from './files.ts';

const python: Example = { id: 'paging', language: 'python', fileName: 'paging.py', text: 'print(1)\n' };
const curl: Example = { id: 'paging', language: 'curl', fileName: 'paging.sh', text: 'curl x\n' };

describe('an example', () => {
  it('is a file of a known language with a known name', () => {
    expect(exampleFrom('python', 'paging.py', () => 'x')).toEqual({ ...python, text: 'x' });
    expect(exampleFrom('curl', 'authorization-code.sh', () => 'x')?.id).toBe('authorization-code');
    for (const name of ['README.md', 'paging', 'paging.test.py', 'paging-2.py', 'requirements.txt']) {
      expect(exampleFrom('python', name, () => 'x')).toBeUndefined();
    }
    expect(exampleFrom('cobol', 'paging.cob', () => 'x')).toBeUndefined();
    expect(exampleFrom('constructor', 'paging.py', () => 'x')).toBeUndefined();
  });

  it('becomes a tab for each language, in a fixed order, with its file', () => {
    expect(expandExamples('a\n\n{{example paging}}\n\nb', [python, curl])).toBe(
      [
        'a',
        '```bash tab=curl file=/docs/examples/curl/paging.sh\ncurl x\n```',
        '```python tab=Python file=/docs/examples/python/paging.py\nprint(1)\n```',
        'b',
      ].join('\n\n'),
    );
  });

  it('may have variants, which the names of their tabs tell', () => {
    const variant = { ...python, fileName: 'paging-async.py' };
    expect(exampleFrom('python', 'paging-async.py', () => 'print(1)\n')).toEqual(variant);
    expect(expandExamples('{{example paging}}', [variant])).toMatch(/^```python tab=Python%2C%20async file=/);
  });

  it('may contain backticks', () => {
    expect(expandExamples('{{example paging}}', [{ ...python, text: '# ```\n' }])).toMatch(
      /^````python[^`]*```\n````$/,
    );
  });

  it('is rejected if its ID is unknown', () => {
    expect(() => expandExamples('{{example nope}}', [python])).toThrow(/no example called nope/);
    expect(expandExamples('{{example refresh}}', [python])).toBe('');
  });

  it('is read from the folder of its language', () => {
    const folder = `${mkdtempSync(join(tmpdir(), 'examples-'))}/`;
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(`${folder}python`);
    writeFileSync(`${folder}python/paging.py`, 'print(1)\n');
    writeFileSync(`${folder}python/notes.txt`, '');
    writeFileSync(`${folder}README.md`, '');
    expect(readExamples(folder)).toEqual([python]);
    rmSync(folder, { recursive: true });
    expect(readExamples(folder)).toEqual([]);
  });
});

describe('the values of the reader’s application', () => {
  const text = [
    'https://api.insiders.example/oauth2/token/',
    'YOUR_CLIENT_ID_HERE',
    'http://127.0.0.1:8000/authorized/',
    'YOUR_CLIENT_SECRET_HERE',
  ].join('\n');

  it('replace the placeholders of an example, except the one of the secret', () => {
    const reader = { clientId: 'insiders_app_$&', redirectUri: 'https://ams.example/cb' };
    expect(personalise(text, 'https://x.example', reader).split('\n')).toEqual([
      'https://x.example/oauth2/token/',
      'insiders_app_$&',
      'https://ams.example/cb',
      'YOUR_CLIENT_SECRET_HERE',
    ]);
  });

  it('are not filled in for an unknown reader, only the server is', () => {
    expect(personalise(text, 'https://x.example', unknownReader).split('\n').slice(0, 3)).toEqual([
      'https://x.example/oauth2/token/',
      'YOUR_CLIENT_ID_HERE',
      'http://127.0.0.1:8000/authorized/',
    ]);
  });

  it('are filled into the page of a known reader', () => {
    const markdown = '`{{client_id}}`\n\n{{example paging}}';
    const source = { name: 'a', title: 'A', description: 'A.', section: 'start', order: 1, markdown } as const;
    const own = { ...python, text: 'c = "YOUR_CLIENT_ID_HERE"' };
    const documentation = createDocumentation(loadConfig({}), [source], [own]);
    const page = documentation.pageFor('a', { clientId: 'insiders_app_mine', redirectUri: null });
    expect(page?.html.match(/insiders_app_mine/g)).toHaveLength(2);
    expect(documentation.pageFor('a', unknownReader)?.html.match(/YOUR_CLIENT_ID_HERE/g)).toHaveLength(2);
    expect(documentation.pageFor('b', unknownReader)).toBeUndefined();
  });
});
