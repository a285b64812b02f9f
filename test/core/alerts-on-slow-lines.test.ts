/**
 * R27: an alert is one page, on lines that take a moment too. What somebody is given time for ends a moment after the next
 * alert then, and that moment must not make two pages of each alert for ever.
 */
import { alertsOn } from '../support/slow-lines';

test.each([0, 40, 30_000])('R27 nobody answers, every line takes %i ms: four pages an hour, each numbered after its alert', (afterMs) => {
  // Given one person on call, then the two duty managers, and a network that takes its time
  const alerts = alertsOn({ afterMs, hours: 8 });

  // Then each alert has rung once, whoever was asked for it
  expect(alerts.map(({ number }) => number)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
  expect(new Set(alerts.map(({ person }) => person))).toEqual(new Set(['kim', 'dora', 'dirk']));
});
