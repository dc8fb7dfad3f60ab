import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';
import { type Setting, settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function problemsOf(env: Environment, overrides: Parameters<typeof loadConfig>[1] = {}): readonly string[] {
  try {
    loadConfig(env, overrides);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const bounded = (Object.values(settings) as readonly Setting[]).flatMap(({ name, kind }) =>
  kind.kind === 'integer' ? [{ name, least: kind.least, most: kind.most }] : [],
);

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toEqual({
      publicUrl: 'http://127.0.0.1:8080',
      host: '127.0.0.1',
      port: 8080,
      dataDir: './data',
      databaseUrl: null,
      secretKeys: null,
      trustProxy: false,
      drainSeconds: 0,
      accessTokenSeconds: 36_000,
      codeSeconds: 300,
      sessionSeconds: 1_209_600,
      pendingRequestSeconds: 3600,
      rotationOverlapSeconds: 60,
      apiRequestsPerMinute: 6000,
      passwordQueue: 100,
      smtpUrl: null,
      mailFrom: 'no-reply@127.0.0.1',
      auditAnchor: null,
      logLevel: 'info',
      metricsToken: null,
      securityContact: null,
      demo: false,
    });
  });

  it.each([
    ['http://localhost:8080', 0],
    ['http://[::1]:8080', 0],
    ['https://api.example.com', 10],
  ])('waits for load balancers unless the public URL is on a loopback address: %s', (publicUrl, drainSeconds) => {
    expect(loadConfig({ INSIDERS_PUBLIC_URL: publicUrl })).toMatchObject({ drainSeconds });
    expect(loadConfig({ INSIDERS_PUBLIC_URL: publicUrl, INSIDERS_DRAIN_SECONDS: '3' }).drainSeconds).toBe(3);
  });

  it('uses the defaults where a variable is empty', () => {
    const empty = Object.fromEntries(Object.values(settings).map(({ name }) => [name, '']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it('is read from the environment', () => {
    const config = loadConfig({
      INSIDERS_PUBLIC_URL: 'https://api.example.com/',
      DATABASE_URL: 'postgres://insiders@db.example/insiders',
      INSIDERS_TRUST_PROXY: '10.0.0.0/8, ::1',
      INSIDERS_METRICS_TOKEN: 'metrics',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://api.example.com',
      databaseUrl: 'postgres://insiders@db.example/insiders',
      trustProxy: ['10.0.0.0/8', '::1'],
      metricsToken: 'metrics',
    });
  });

  it('prefers the command line to the environment', () => {
    const config = loadConfig({ INSIDERS_PORT: '9000', INSIDERS_HOST: '0.0.0.0' }, { port: '9001', demo: true });
    expect(config).toMatchObject({ port: 9001, host: '0.0.0.0', publicUrl: 'http://127.0.0.1:9001', demo: true });
  });

  it('reports all problems at once, one sentence each', () => {
    const problems = problemsOf({
      INSIDERS_PORT: '0',
      INSIDERS_PUBLIC_URL: 'nonsense',
      DATABASE_URL: 'mysql://x',
      INSIDERS_TRUST_PROXY: 'everybody',
      INSIDERS_CODE_SECONDS: 'soon',
      INSIDERS_LOG_LEVEL: 'loud',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'INSIDERS_PORT',
      'INSIDERS_PUBLIC_URL',
      'DATABASE_URL',
      'INSIDERS_TRUST_PROXY',
      'INSIDERS_CODE_SECONDS',
      'INSIDERS_LOG_LEVEL',
    ]);
  });

  it('has all problems in the message of its error', () => {
    expect(() => loadConfig({ INSIDERS_PORT: 'x', INSIDERS_LOG_LEVEL: 'loud' })).toThrow(
      /INSIDERS_PORT[\s\S]*INSIDERS_LOG/,
    );
  });

  it('never quotes a secret', () => {
    const hidden = 'hunter2';
    const env = Object.fromEntries(
      (Object.values(settings) as readonly Setting[])
        .filter((setting) => setting.secret)
        .map(({ name }) => [name, `${hidden}://${hidden}:${hidden}@${hidden}`]),
    );
    const problems = problemsOf({ ...env, INSIDERS_PORT: 'x' });
    expect(problems.join()).toContain('DATABASE_URL');
    expect(problems.join()).not.toContain(hidden);
  });

  it('never quotes a public URL, which may hold a password', () => {
    expect(problemsOf({ INSIDERS_PUBLIC_URL: 'https://user:hunter2@api.example.com' }).join()).not.toContain('hunter2');
  });
});

describe.each(bounded)('$name', ({ name, least, most }) => {
  it(`is a whole number from ${least} to ${most}`, () => {
    expect(problemsOf({ [name]: String(least) })).toEqual([]);
    expect(problemsOf({ [name]: String(most) })).toEqual([]);
  });

  const beyond = ['-1', String(least - 1), String(most + 1), '9'.repeat(30)];
  it.each([...new Set(beyond), '1.5', '1e3', ' 60', '60 ', '0x10', '6O', '+60'])('is not "%s"', (text) => {
    expect(problemsOf({ [name]: text })).toEqual([
      `${name} must be a whole number from ${least} to ${most}, not "${text}"`,
    ]);
  });
});

describe('INSIDERS_LOG_LEVEL', () => {
  it.each(settings.logLevel.kind.of)('may be %s', (level) => {
    expect(loadConfig({ INSIDERS_LOG_LEVEL: level }).logLevel).toBe(level);
  });

  it.each(['INFO', 'verbose', 'toString'])('is not %s', (level) => {
    expect(problemsOf({ INSIDERS_LOG_LEVEL: level })).toHaveLength(1);
  });
});

describe('INSIDERS_PUBLIC_URL', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['https://api.example.com:8443', 'https://api.example.com:8443'],
    ['https://API.example.com:443', 'https://api.example.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('may be %s', (text, origin) => {
    expect(loadConfig({ INSIDERS_PUBLIC_URL: text }).publicUrl).toBe(origin);
  });

  it.each([
    'api.example.com',
    'https://api.example.com/insiders',
    'https://api.example.com/?x=1',
    'https://api.example.com/#x',
    'https://user@api.example.com',
    'ftp://api.example.com',
    'http://api.example.com',
    'http://10.0.0.1',
    'http://localhost.example.com',
    'https://',
  ])('is not %s', (text) => {
    expect(problemsOf({ INSIDERS_PUBLIC_URL: text })).toEqual([expect.stringMatching(/^INSIDERS_PUBLIC_URL must be/)]);
  });
});

describe('DATABASE_URL', () => {
  it.each(['postgres://db.example/insiders', 'postgresql://u:p@db.example:5433/insiders'])('may be %s', (text) => {
    expect(loadConfig({ DATABASE_URL: text }).databaseUrl).toBe(text);
  });

  it.each(['mysql://db.example/x', 'db.example/x', 'postgres://db.example:x/y', 'postgres:db'])('is not %s', (text) => {
    expect(problemsOf({ DATABASE_URL: text })).toHaveLength(1);
  });
});

describe('INSIDERS_TRUST_PROXY', () => {
  it.each(['127.0.0.1', '::1', '10.0.0.0/8', '2001:db8::/128', '10.0.0.1,10.0.0.2', '0.0.0.0/0'])(
    'may be %s',
    (text) => {
      expect(problemsOf({ INSIDERS_TRUST_PROXY: text })).toEqual([]);
    },
  );

  it.each(['true', 'proxy.example', '10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.1,', '10.0.0.0/-1'])(
    'is not %s',
    (text) => {
      expect(problemsOf({ INSIDERS_TRUST_PROXY: text })).toHaveLength(1);
    },
  );
});

describe('INSIDERS_SECURITY_CONTACT', () => {
  it.each(['mailto:security@example.com', 'https://example.com/report?from=server', 'tel:+1-201-555-0123'])(
    'may be %s',
    (text) => {
      expect(loadConfig({ INSIDERS_SECURITY_CONTACT: text }).securityContact).toBe(text);
    },
  );

  it.each([
    'security@example.com',
    'mailto:security',
    'http://example.com/report',
    'https://',
    'tel:112',
    'mailto:security@example.com\nEncryption: https://evil.example',
    'https://example.com/a report',
    'https://exämple.com',
  ])('is not %j', (text) => {
    expect(problemsOf({ INSIDERS_SECURITY_CONTACT: text })).toEqual([
      'INSIDERS_SECURITY_CONTACT must begin with mailto:, https:// or tel:+',
    ]);
  });
});
