import { describe, expect, it } from 'vitest';
import { mapAdapter } from '../../bench/subjects/map-adapter.ts';

describe('the in-memory store of oidc-provider in the benchmark', () => {
  const tokens = mapAdapter('RefreshToken');
  const sessions = mapAdapter('Session');

  it('finds records by model and ID', async () => {
    await tokens.upsert('one', { grantId: 'grant' }, 60);
    expect(await tokens.find('one')).toEqual({ grantId: 'grant' });
    expect(await tokens.find('other')).toBeUndefined();
    expect(await sessions.find('one')).toBeUndefined();
  });

  it('finds sessions by their UID', async () => {
    await sessions.upsert('two', { uid: 'uid' }, 60);
    expect(await sessions.findByUid('uid')).toEqual({ uid: 'uid' });
  });

  it('marks consumed records', async () => {
    await tokens.upsert('three', {}, 60);
    await tokens.consume('three');
    expect(await tokens.find('three')).toEqual({ consumed: expect.any(Number) });
  });

  it('does not find destroyed or expired records, nor those of a revoked grant', async () => {
    await tokens.upsert('four', {}, 60);
    await tokens.destroy('four');
    await tokens.upsert('five', {}, 0);
    await tokens.upsert('six', { grantId: 'revoked' }, undefined);
    await tokens.upsert('seven', { grantId: 'kept' }, undefined);
    await tokens.revokeByGrantId('revoked');
    const found = await Promise.all(['four', 'five', 'six', 'seven'].map(tokens.find));
    expect(found).toEqual([undefined, undefined, undefined, { grantId: 'kept' }]);
  });
});
