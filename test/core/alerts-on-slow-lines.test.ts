/**
 * R27, H2: an alert is one message, on lines that take a moment too. What somebody is given time for ends a moment after the
 * next alert then, and that moment must not make two messages of each alert for ever.
 */
import { alertsOn } from '../support/slow-lines';

test.each([0, 40, 30_000])(
  'R27 nobody answers, every line takes %i ms: four rings an hour, each for the newest alert',
  (afterMs) => {
    // Given one person on call, then the two duty managers, and a network that takes its time
    const alerts = alertsOn({ afterMs, hours: 8 });

    // Then each alert has rung once, whoever was asked for it
    expect(alerts.map(({ number }) => number)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
    expect(new Set(alerts.map(({ mode }) => mode))).toEqual(new Set(['RING']));
    // After the rounds that found nobody the duty executive is one of them (R49).
    expect(alerts.slice(0, 9).map(({ person }) => person)).toEqual([1, 2, 3].flatMap(() => ['kim', 'dora', 'dirk']));
    expect(new Set(alerts.map(({ person }) => person))).toEqual(new Set(['kim', 'dora', 'dirk', 'eve']));
  },
);
