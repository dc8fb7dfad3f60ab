import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { olderNodes, program } from '../support/processes/insiders.ts';
import { buildOnce } from './run.ts';

beforeAll(buildOnce, 120_000);

describe.skipIf(olderNodes.length === 0)('started by an older Node', () => {
  it('runs on the packaged Node', () => {
    for (const node of olderNodes)
      expect(execFileSync(node, [program, '--help'], { encoding: 'utf8' })).toContain('serve');
  });
});
