import { expect, test } from 'vitest';

test('parts are tested in a real browser', () => {
  expect(navigator.userAgent).toContain('Chrome/');
  expect(getComputedStyle(document.body).display).toBe('block');
});
