import { afterEach, describe, expect, it } from 'vitest';
import { type KeyPress, shortcutOf, shortcuts } from '../../src/panels/shortcuts.ts';

const press = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  target: document.body,
  ...more,
});

/** An element of the page, with what stands in it. */
function on(html: string): Element {
  document.body.innerHTML = html;
  const target = document.body.querySelector('[data-it]');
  if (target === null) throw new Error('nothing to press');
  return target;
}

afterEach(() => {
  document.body.innerHTML = '';
});

describe('shortcutOf', () => {
  it('knows keys by their place, so that other layouts work', () => {
    expect(shortcutOf(press('Space'))).toBe('playPause');
    expect(shortcutOf(press('KeyK'))).toBe('killLeader');
    expect(shortcutOf(press('ArrowRight'))).toBe('stepForward');
    expect(shortcutOf(press('ArrowRight', { shiftKey: true }))).toBe('aLittleForward');
    expect(shortcutOf(press('KeyR'))).toBe('restart');
  });

  it('leaves the browser its keys', () => {
    expect(shortcutOf(press('KeyR', { ctrlKey: true }))).toBeUndefined();
    expect(shortcutOf(press('KeyL', { metaKey: true }))).toBeUndefined();
    expect(shortcutOf(press('ArrowLeft', { altKey: true }))).toBeUndefined();
  });

  it.each([
    ['a field', '<input data-it>'],
    ['a long field', '<textarea data-it></textarea>'],
    ['a list', '<select data-it></select>'],
    ['an editor', '<div contenteditable="true"><p data-it>code</p></div>'],
  ])('takes no key from %s', (_, html) => {
    const target = on(html);
    for (const { codes, alt } of shortcuts) {
      if (alt === undefined) for (const code of codes) expect(shortcutOf(press(code, { target }))).toBeUndefined();
    }
  });

  it('takes Space from no focused button, and arrows from no tab', () => {
    const button = on('<button><svg data-it></svg></button>');
    expect(shortcutOf(press('Space', { target: button }))).toBeUndefined();
    expect(shortcutOf(press('KeyR', { target: button }))).toBe('restart');
    const tab = on('<div role="tab" data-it></div>');
    expect(shortcutOf(press('ArrowRight', { target: tab }))).toBeUndefined();
  });

  it('hears letters from who has just moved a slider or chosen an answer, and leaves those their own keys', () => {
    for (const type of ['range', 'radio', 'checkbox']) {
      const target = on(`<input type="${type}" data-it>`);
      expect(shortcutOf(press('KeyK', { target }))).toBe('killLeader');
      expect(shortcutOf(press('ArrowRight', { target }))).toBeUndefined();
      expect(shortcutOf(press('Space', { target }))).toBeUndefined();
    }
  });

  it('keeps only the keys with Alt where single letters are switched off', () => {
    expect(shortcutOf(press('KeyK'), false)).toBeUndefined();
    expect(shortcutOf(press('KeyK', { altKey: true }), false)).toBe('playPause');
  });

  it('gives no press two meanings', () => {
    const names = shortcuts.flatMap(({ codes, shift, alt }) =>
      codes.map((code) => `${alt ?? ''}${shift ?? ''}${code}`),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
