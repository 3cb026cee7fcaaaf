import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Controls } from '../../src/panels/Controls/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const SECOND = 1_000_000;
const failureRate = () => screen.getByRole('slider', { name: 'Failure rate' });

function dragTo(slider: HTMLElement, ...values: readonly number[]) {
  fireEvent.pointerDown(slider);
  for (const value of values) fireEvent.change(slider, { target: { value: String(value) } });
}

describe('Controls', () => {
  it('puts the failure rate first, and folds what the question does not need', async () => {
    renderIn(sessionOf('naive'), <Controls />);
    expect(screen.getAllByRole('slider')[0]).toBe(failureRate());
    expect(screen.queryByLabelText('Backoff cap')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /^Retries/ }));
    expect(screen.getAllByLabelText(/Backoff cap/).length).toBeGreaterThan(0);
  });

  it('makes one deed of a whole drag, with its last value, when it is let go', () => {
    const session = sessionOf('naive');
    renderIn(session, <Controls />);
    act(() => session.getState().seek(4 * SECOND));
    dragTo(failureRate(), 0.4, 0.5, 0.6);
    expect(session.getState().scenario.script).toEqual([]);
    fireEvent.pointerUp(window);
    expect(session.getState().scenario.script).toMatchObject([
      { do: 'set', parameter: 'failureProbability', value: 0.6 },
    ]);
  });

  it('changes the scenario itself before anything ran', () => {
    const session = sessionOf('naive');
    renderIn(session, <Controls />);
    dragTo(failureRate(), 0.9);
    fireEvent.pointerUp(window);
    const { scenario } = session.getState();
    expect(scenario.script).toEqual([]);
    expect(scenario.parameters.failureProbability).toBe(0.9);
  });

  it('shows what held at the moment that one looks at', () => {
    const session = sessionOf('naive', {
      parameters: { ...sessionOf('naive').getState().scenario.parameters, failureProbability: 0.1 },
    });
    renderIn(session, <Controls />);
    act(() => session.getState().seek(4 * SECOND));
    act(() => session.getState().setParameter('failureProbability', 0.8));
    expect(failureRate()).toHaveValue('0.8');
    act(() => session.getState().seek(2 * SECOND));
    expect(failureRate()).toHaveValue('0.1');
  });

  it('says which parameters differ, and takes all changes back at once', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Controls />);
    expect(screen.queryByRole('button', { name: 'Undo all changes' })).toBeNull();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Retry strategy' }), 'requeue');
    expect(session.getState().edited).toBe(true);
    screen.getByTitle('Changed from where it started');
    await userEvent.click(screen.getByRole('button', { name: 'Undo all changes' }));
    expect(session.getState().edited).toBe(false);
    expect(screen.queryByTitle('Changed from where it started')).toBeNull();
  });

  it('runs again with another seed, and keeps the old run', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Controls />);
    act(() => session.getState().seek(4 * SECOND));
    await userEvent.click(screen.getByRole('button', { name: /^Luck/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Other luck' }));
    const { scenario, opened, runA } = session.getState();
    expect(scenario.seed).toBe(opened.seed + 1);
    expect(runA?.scenario.seed).toBe(opened.seed);
  });
});
