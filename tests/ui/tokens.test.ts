import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/ui/theme.ts';

// Contrasts by WCAG 2.2: words 4.5:1, shapes and outlines 3:1. A hue changed by eye alone is caught here.
const css = readFileSync(resolve('src/ui/tokens.css'), 'utf8');
const STATES = ['active', 'working', 'suspect', 'failed', 'delayed', 'duplicate', 'waiting'];

function tokensOf(theme: string): Map<string, string> {
  const block = css.match(new RegExp(`\\[data-theme="${theme}"\\]\\s*\\{([^}]*)\\}`))?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(THEMES)('the theme %s', (theme) => {
  const tokens = tokensOf(theme);
  const token = (name: string) => tokens.get(name) ?? `no token ${name}`;
  const grounds = ['ground', 'surface', 'surface-sunk', 'surface-raised'];

  it.each(grounds)('keeps words readable on %s', (ground) => {
    for (const words of ['ink', 'ink-soft', 'accent'])
      expect(contrast(token(words), token(ground)), words).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token('line-strong'), token(ground)), 'outlines').toBeGreaterThanOrEqual(3);
  });

  it.each(STATES)('tells the state %s on every ground, as shape and as words', (state) => {
    for (const ground of grounds) {
      expect(contrast(token(`state-${state}`), token(ground)), `shape on ${ground}`).toBeGreaterThanOrEqual(3);
      expect(contrast(token(`state-${state}-text`), token(ground)), `words on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(
      contrast(token(`state-${state}-text`), token(`state-${state}-soft`)),
      'words on the tint',
    ).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps the words of what can be pressed readable', () => {
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token('accent'), token('accent-soft'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token('ink-soft'), token('accent-soft'))).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps the seven states apart from one another', () => {
    const shades = STATES.map((state) => token(`state-${state}`));
    expect(new Set(shades).size).toBe(STATES.length);
  });
});
