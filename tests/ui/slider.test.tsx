import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Slider, type SliderProps } from '../../src/ui/index.ts';
import { positionOf, type Range, SLIDER_POSITIONS, stepFrom, valueAt } from '../../src/ui/sliderScale.ts';

/** A parent that hears only the end, as the panels do. */
function Held(props: Partial<SliderProps> & { readonly onCommit?: (value: number) => void }) {
  const [value, setValue] = useState(props.value ?? 20);
  return (
    <Slider
      label="Failure rate"
      min={0}
      max={100}
      step={1}
      unit="%"
      {...props}
      value={value}
      onCommit={(next) => {
        props.onCommit?.(next);
        setValue(next);
      }}
    />
  );
}

const range = () => screen.getByRole('slider') as HTMLInputElement;
const field = () => screen.getByRole('spinbutton') as HTMLInputElement;

describe('Slider', () => {
  it('tells of each move, and commits a drag once, with its last value', () => {
    const onChange = vi.fn();
    const onCommit = vi.fn();
    render(<Held onChange={onChange} onCommit={onCommit} />);
    fireEvent.pointerDown(range());
    fireEvent.change(range(), { target: { value: '30' } });
    fireEvent.change(range(), { target: { value: '45' } });
    expect(onChange.mock.calls).toEqual([[30], [45]]);
    expect(onCommit).not.toHaveBeenCalled();
    // The pointer may be anywhere when it is let go.
    fireEvent.pointerUp(window);
    expect(onCommit.mock.calls).toEqual([[45]]);
    fireEvent.blur(range());
    expect(onCommit).toHaveBeenCalledTimes(1);
  });

  it('moves while it is dragged although its parent waits for the end', () => {
    render(<Held />);
    fireEvent.pointerDown(range());
    fireEvent.change(range(), { target: { value: '77' } });
    expect(range().value).toBe('77');
    expect(field().value).toBe('77');
  });

  it('commits a held key once, when it is let go', () => {
    const onCommit = vi.fn();
    render(<Held onCommit={onCommit} />);
    range().focus();
    for (let i = 0; i < 5; i += 1) fireEvent.keyDown(range(), { key: 'ArrowRight' });
    expect(onCommit).not.toHaveBeenCalled();
    fireEvent.keyUp(range(), { key: 'ArrowRight' });
    expect(onCommit.mock.calls).toEqual([[25]]);
    fireEvent.keyDown(range(), { key: 'End' });
    fireEvent.blur(range());
    expect(onCommit.mock.calls).toEqual([[25], [100]]);
  });

  it('commits at once where neither finger nor key moved it, as screen readers do', () => {
    const onCommit = vi.fn();
    render(<Held onCommit={onCommit} />);
    fireEvent.change(range(), { target: { value: '21' } });
    expect(onCommit.mock.calls).toEqual([[21]]);
  });

  it('does not commit a drag that came back', () => {
    const onCommit = vi.fn();
    render(<Held onCommit={onCommit} />);
    fireEvent.pointerDown(range());
    fireEvent.change(range(), { target: { value: '30' } });
    fireEvent.change(range(), { target: { value: '20' } });
    fireEvent.pointerUp(window);
    expect(onCommit).not.toHaveBeenCalled();
  });

  it('speaks its value with the unit, or with the word for a special one', () => {
    render(<Held words={{ 0: 'never' }} />);
    expect(range()).toHaveAttribute('aria-valuetext', '20 %');
    fireEvent.change(range(), { target: { value: '0' } });
    expect(range()).toHaveAttribute('aria-valuetext', 'never');
    expect(screen.getByText('never')).toBeVisible();
  });

  it('is described by its sentence', () => {
    render(<Held description="How often an attempt fails." />);
    expect(range()).toHaveAccessibleDescription('How often an attempt fails.');
  });

  it('shows a share as a percentage and hands on the share', async () => {
    const onCommit = vi.fn();
    render(<Held min={0} max={1} step={0.01} value={0.2} shownTimes={100} onCommit={onCommit} />);
    expect(field().value).toBe('20');
    await userEvent.clear(field());
    await userEvent.type(field(), '7{Enter}');
    expect(onCommit.mock.calls).toEqual([[0.07]]);
  });
});

describe('the number beside it', () => {
  it('commits on Enter and on leaving, once each', async () => {
    const onCommit = vi.fn();
    render(<Held onCommit={onCommit} />);
    await userEvent.clear(field());
    await userEvent.type(field(), '33{Enter}');
    await userEvent.tab();
    expect(onCommit.mock.calls).toEqual([[33]]);
  });

  it('says the range where a number lies outside, and keeps the last good one', async () => {
    const onCommit = vi.fn();
    render(<Held onCommit={onCommit} />);
    await userEvent.clear(field());
    await userEvent.type(field(), '900');
    expect(screen.getByRole('alert')).toHaveTextContent('From 0 to 100.');
    expect(field()).toBeInvalid();
    await userEvent.tab();
    expect(onCommit).not.toHaveBeenCalled();
    expect(field().value).toBe('20');
  });

  it('takes a decimal comma, and gives back what Esc undoes', async () => {
    const onCommit = vi.fn();
    render(<Held step={0.5} onCommit={onCommit} />);
    await userEvent.clear(field());
    await userEvent.type(field(), '2,5{Enter}');
    expect(onCommit.mock.calls).toEqual([[2.5]]);
    await userEvent.type(field(), '9{Escape}');
    expect(field().value).toBe('2.5');
  });
});

describe('the logarithmic track', () => {
  const ranges: readonly Range[] = [
    { min: 0, max: 600_000, step: 100, scale: 'log' },
    { min: 1, max: 1_000, step: 1, scale: 'log' },
    { min: 0.1, max: 100, step: 0.1, scale: 'log' },
  ];

  it.each(ranges)('reaches both ends and runs one way (%o)', (one) => {
    expect(valueAt(0, one)).toBe(one.min);
    expect(valueAt(SLIDER_POSITIONS, one)).toBe(one.max);
    let before = Number.NEGATIVE_INFINITY;
    for (let position = 0; position <= SLIDER_POSITIONS; position += 1) {
      const value = valueAt(position, one);
      expect(value).toBeGreaterThanOrEqual(before);
      before = value;
    }
  });

  it.each(ranges)('can be walked through by the keyboard without getting stuck (%o)', (one) => {
    let value = one.min;
    for (let presses = 0; value < one.max; presses += 1) {
      const next = stepFrom(value, 1, one);
      expect(next).toBeGreaterThan(value);
      expect(presses).toBeLessThan(1_000);
      value = next;
    }
    expect(stepFrom(one.max, -1, one)).toBeLessThan(one.max);
  });

  it('gives small values as much room as large ones', () => {
    const one: Range = { min: 1, max: 10_000, step: 1, scale: 'log' };
    expect(positionOf(100, one)).toBeCloseTo(SLIDER_POSITIONS / 2, 6);
  });
});
