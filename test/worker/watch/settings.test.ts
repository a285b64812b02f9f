/** The watch's variables: every mistake at once, and no secret in what is said of it. */
import { ConfigError } from '../../../worker/config';
import { isHeard, watchSettings } from '../../../worker/watch/settings';

test('nothing set: once a minute, and nobody to tell', () => {
  const settings = watchSettings({});
  expect(settings).toEqual({ everyMs: 60_000, alarms: [] });
  expect(isHeard(settings)).toBe(false);
});

test('several receivers, signed, and a dead man', () => {
  const settings = watchSettings({
    TOCSIN_WATCH_EVERY: '30s',
    TOCSIN_WATCH_ALARM_URL: 'https://a.example/1  http://b.example/2',
    TOCSIN_WATCH_ALARM_SECRET: 'hush',
    TOCSIN_WATCH_ALARM_AS: 'chat',
    TOCSIN_WATCH_DEAD_MAN_URL: 'https://hc.example/uuid',
  });
  expect(settings).toEqual({
    everyMs: 30_000,
    alarms: [
      { url: 'https://a.example/1', format: 'chat', secret: 'hush' },
      { url: 'http://b.example/2', format: 'chat', secret: 'hush' },
    ],
    deadManUrl: 'https://hc.example/uuid',
  });
  expect(isHeard(settings)).toBe(true);
  expect(isHeard(watchSettings({ TOCSIN_WATCH_DEAD_MAN_URL: 'https://hc.example/uuid' }))).toBe(true);
});

test('every mistake at once, by name and without the address', () => {
  const read = (): unknown =>
    watchSettings({
      TOCSIN_WATCH_EVERY: 'often',
      TOCSIN_WATCH_ALARM_URL: 'ftp://token@a.example',
      TOCSIN_WATCH_ALARM_AS: 'pigeon',
      TOCSIN_WATCH_DEAD_MAN_URL: 'nowhere-secret',
    });
  expect(read).toThrow(ConfigError);
  let message = '';
  try {
    read();
  } catch (error) {
    ({ message } = error as Error);
  }
  for (const name of ['EVERY', 'ALARM_URL', 'ALARM_AS', 'DEAD_MAN_URL'])
    expect(message).toContain(`TOCSIN_WATCH_${name}`);
  expect(message).not.toMatch(/token|secret/);
});
