import { describe, expect, it } from 'vitest';
import { formatCount, formatDuration, formatNumber, formatRate, formatShare, formatTime } from '../../src/ui/format.ts';

const MS = 1_000;
const S = 1_000_000;

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [40, '40 µs'],
    [250 * MS, '250 ms'],
    [1.25 * S, '1.25 s'],
    [12_340 * MS, '12.3 s'],
    [60 * S, '1 min'],
    [125 * S, '2 min 5 s'],
    [3_780 * S, '1 h 3 min'],
    [-250 * MS, '−250 ms'],
  ])('%d µs reads %s', (micros, text) => expect(formatDuration(micros)).toBe(text));

  it('never shows a unit full of itself', () => {
    expect(formatDuration(999_999)).toBe('1 s');
    expect(formatDuration(59_999 * MS)).toBe('1 min');
    expect(formatDuration(3_599_999 * MS)).toBe('1 h');
  });
});

describe('formatTime', () => {
  it.each([
    [0, '0:00.000'],
    [12_345 * MS, '0:12.345'],
    [61_001 * MS, '1:01.001'],
    [3_723_004 * MS, '1:02:03.004'],
  ])('%d µs reads %s', (micros, text) => expect(formatTime(micros)).toBe(text));

  it('shows no moment that has not come', () => expect(formatTime(12_345_999)).toBe('0:12.345'));
});

describe('counts, rates and shares', () => {
  it('groups long counts', () => {
    expect(formatCount(999)).toBe('999');
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatCount(-0.2)).toBe('0');
  });
  it('says what a rate is per', () => expect(formatRate(2.5)).toBe('2.5 per second'));
  it('keeps a trace of what is rare and of what is missing', () => {
    expect(formatShare(0)).toBe('0%');
    expect(formatShare(0.0001)).toBe('<0.1%');
    expect(formatShare(0.125)).toBe('12.5%');
    expect(formatShare(0.9999)).toBe('>99.9%');
    expect(formatShare(1)).toBe('100%');
  });
  it('has a dash where there is no number', () => expect(formatNumber(Number.NaN)).toBe('–'));
});
