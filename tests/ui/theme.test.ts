import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyTheme, readThemeChoice, resolveTheme, storeThemeChoice } from '../../src/ui/theme.ts';

beforeEach(() => localStorage.clear());

describe('themes', () => {
  it('lets the link go before the stored choice, and that before the machine', () => {
    expect(resolveTheme({ link: 'projector', stored: 'dark', prefersDark: false })).toBe('projector');
    expect(resolveTheme({ link: null, stored: 'light', prefersDark: true })).toBe('light');
    expect(resolveTheme({ stored: 'system', prefersDark: true })).toBe('dark');
    expect(resolveTheme({ prefersDark: false })).toBe('light');
  });

  it('passes over what is no theme', () => {
    expect(resolveTheme({ link: 'neon', stored: 'dark', prefersDark: false })).toBe('dark');
    expect(resolveTheme({ link: '__proto__', stored: 'toString', prefersDark: false })).toBe('light');
  });

  it('keeps a choice, and forgets it for "as this machine"', () => {
    storeThemeChoice('projector');
    expect(readThemeChoice()).toBe('projector');
    storeThemeChoice('system');
    expect(readThemeChoice()).toBe('system');
    expect(localStorage).toHaveLength(0);
  });

  it('lives without storage', () => {
    const broken = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(readThemeChoice()).toBe('system');
    broken.mockRestore();
  });

  it('writes the theme where the tokens read it', () => {
    applyTheme('dark');
    expect(document.documentElement.dataset.theme).toBe('dark');
  });
});
