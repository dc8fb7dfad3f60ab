import { describe, expect, it } from 'vitest';
import { errorRows } from '../../../oauth/errors/index.ts';
import { causes } from './index.ts';

describe('the explanation of a cause', () => {
  it.each(Object.keys(errorRows))('is two texts: %s', (cause) => {
    const { cause: text = '', fix = '' } = causes[cause] ?? {};
    for (const sentence of [text, fix]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it.each(['code_burned', 'secret_retired', 'too_many_log_ins'])(
    'is found by the name of earlier releases: %s',
    (former) => {
      expect(errorRows).not.toHaveProperty(former);
      expect(causes[former]).toBeDefined();
    },
  );
});
