import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { arrivalOf } from '../../src/workshop/catalogues.ts';
import Playground from '../../src/workshop/Playground.tsx';
import { packing } from '../../src/workshop/packing.ts';

// A hundred runs for each goal are the page's; four show the same here.
vi.mock('../../src/lessons/01-work-queues/challenge.ts', async (original) => {
  const { challenge } = await original<typeof import('../../src/lessons/01-work-queues/challenge.ts')>();
  return { challenge: { ...challenge, runCount: 4 } };
});

const PATIENCE = { timeout: 30_000 };
const open = (stage: string, more = '') =>
  render(<Playground query={new URLSearchParams(`lesson=01-work-queues&stage=${stage}${more}`)} />);
const lesson = () => within(screen.getByRole('complementary', { name: 'Lesson' }));
/** The card of one goal. */
const goal = (title: string) => within(lesson().getByRole('heading', { name: title }).closest('section')!);

// How these come is another test's affair (`worlds.test.tsx`).
beforeAll(() => Promise.all([arrivalOf('work-queue')!.load(), packing.load()]));

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
  // Wide enough for the lesson beside the stage.
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('min-width'),
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
});
afterEach(() => {
  document.documentElement.removeAttribute('data-theme');
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('Implement, and then Test', () => {
  it('choosing settings says what they do to both situations, and Test runs the same ones over the seeds', async () => {
    const { unmount } = open('implement');
    await lesson().findByRole('heading', { name: 'The outage' }, PATIENCE);
    await waitFor(
      () => expect(goal('The outage').getByText('No job is lost.').closest('li')).toHaveTextContent('No.'),
      PATIENCE,
    );
    await userEvent.selectOptions(lesson().getByRole('combobox', { name: 'Retry strategy' }), 'exponential');
    await waitFor(
      () => expect(goal('The outage').getByText('No job is lost.').closest('li')).toHaveTextContent('Yes.'),
      PATIENCE,
    );
    unmount();

    open('test');
    const run = await lesson().findByRole('button', { name: 'Run your settings over 4 seeds' }, PATIENCE);
    expect(goal('The poison job').getByText('No job is lost.').closest('li')).toHaveTextContent('–');
    await userEvent.click(run);
    await lesson().findByText('8 runs are done.', {}, PATIENCE);
    // Nobody set a limit on receives, so the poison job can only vanish: in every run, from the first seed on.
    const lost = goal('The poison job').getByText('No job is lost.').closest('li')!;
    expect(lost).toHaveTextContent('0 of 4');
    await userEvent.click(within(lost).getByRole('button', { name: 'Watch seed 1, where it does not hold' }));
    expect(location.hash).toMatch(/stage=test&.*\br=1&/);
  }, 120_000);
});

describe('the ladder', () => {
  it('stands where it is climbed, in Observe, and each rung can be opened', async () => {
    open('observe');
    const strip = within((await lesson().findByRole('rowheader', { name: 'Idempotent' }, PATIENCE)).closest('table')!);
    await waitFor(() => expect(strip.queryByText('…')).toBeNull(), PATIENCE);
    const lostOn = (rung: string) =>
      strip.getByRole('rowheader', { name: rung }).parentElement!.children[1]!.textContent;
    expect(Number.parseInt(lostOn('Naive')!, 10)).toBeGreaterThan(0);
    expect(lostOn('Idempotent')).toBe('0');
    expect(strip.getAllByRole('button', { name: 'Open' })).toHaveLength(7);
  }, 120_000);
});

describe('what was guessed in Discuss', () => {
  it('is met again in Reflect, with the ladder and the way to what is still broken', async () => {
    const { unmount } = open('discuss');
    const [guess] = await lesson().findAllByRole('textbox', {}, PATIENCE);
    await userEvent.type(guess!, 'In the table');
    unmount();

    open('reflect');
    await lesson().findByText('In the table', {}, PATIENCE);
    const rung = () => lesson().getByRole('rowheader', { name: 'Naive' }).closest('tr')!;
    await waitFor(() => expect(rung()).not.toHaveTextContent('…'), PATIENCE);
    // The naive distributor loses some, and sends nothing to the tray.
    const [lost, , tray] = within(rung()).getAllByRole('cell');
    expect(Number.parseInt(lost!.textContent!, 10)).toBeGreaterThan(0);
    expect(tray).toHaveTextContent(/^0$/);
    lesson().getByRole('button', { name: 'Now the broker dies' });
  }, 120_000);
});

describe('the notes for who leads', () => {
  it('stand there only with notes=1', async () => {
    const { unmount } = open('observe');
    await lesson().findByText(/For each run the same three steps/, {}, PATIENCE);
    expect(lesson().queryByRole('complementary', { name: 'For who leads' })).toBeNull();
    unmount();
    open('observe', '&notes=1');
    await lesson().findByText(/For each run the same three steps/, {}, PATIENCE);
    expect(lesson().getAllByRole('complementary', { name: 'For who leads' }).length).toBeGreaterThan(0);
  }, 60_000);

  it('vanish when the projector’s theme comes', async () => {
    open('observe', '&notes=1');
    await lesson().findByText(/For each run the same three steps/, {}, PATIENCE);
    await act(async () => document.documentElement.setAttribute('data-theme', 'projector'));
    await userEvent.click(screen.getByRole('button', { name: 'Lesson' }));
    await lesson().findByText(/For each run the same three steps/, {}, PATIENCE);
    expect(lesson().queryByRole('complementary', { name: 'For who leads' })).toBeNull();
  }, 60_000);
});
