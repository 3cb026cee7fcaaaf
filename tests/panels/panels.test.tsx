import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { DeadLetters } from '../../src/panels/DeadLetters/index.ts';
import { Faults } from '../../src/panels/Faults/index.ts';
import { Inspector } from '../../src/panels/Inspector/index.ts';
import { ItemStory } from '../../src/panels/ItemStory/index.ts';
import { Log } from '../../src/panels/Log/index.ts';
import { PanelBoundary } from '../../src/panels/PanelBoundary.tsx';
import { Promises } from '../../src/panels/Promises/index.ts';
import { Queue } from '../../src/panels/Queue/index.ts';
import { Script } from '../../src/panels/Script/index.ts';
import { Transport } from '../../src/panels/Transport/index.ts';
import { Workers } from '../../src/panels/Workers/index.ts';
import { renderIn, sessionOf } from './withSession.tsx';

const SECOND = 1_000_000;
const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('Promises', () => {
  it('leads to the event that broke one', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Promises />);
    act(() => session.getState().seek(20 * SECOND));
    const verdict = session.getState().frame.promises.find(({ id }) => id === 'noJobLost')?.verdict;
    if (verdict?.kind !== 'broken') throw new Error('the naive distributor lost nothing in 20 seconds');
    await userEvent.click(button(/where it broke/));
    expect(session.getState().viewMicros).toBe(verdict.atMicros);
  });

  it('tells the past as it was: kept until it breaks', () => {
    const session = sessionOf('naive');
    renderIn(session, <Promises />);
    act(() => session.getState().seek(20 * SECOND));
    act(() => session.getState().seek(0));
    expect(screen.queryByText('Broken')).toBeNull();
    button(/^It breaks later/);
  });
});

describe('Queue', () => {
  it('lists as many in line, in flight and delayed as the queue holds', () => {
    const session = sessionOf('retry-at-once', {
      parameters: { ...sessionOf('exponential').getState().scenario.parameters },
    });
    renderIn(session, <Queue />);
    act(() => session.getState().seek(8 * SECOND));
    const figure = (id: string) => session.getState().frame.figures.get(id)?.value;
    for (const [title, id] of [
      ['In line', 'ready'],
      ['In flight', 'inFlight'],
      ['Delayed', 'delayed'],
    ] as const) {
      expect(screen.getByRole('heading', { name: `${title} ${figure(id)}` })).toBeInTheDocument();
    }
    expect(screen.getAllByRole('button', { name: /^Image/ })).toHaveLength(
      (figure('ready') ?? 0) + (figure('inFlight') ?? 0) + (figure('delayed') ?? 0),
    );
  });

  it('says why there is nothing', () => {
    renderIn(sessionOf('naive'), <Queue />);
    screen.getByText(/Nothing was submitted yet/);
  });
});

describe('DeadLetters', () => {
  it('shows each letter with its reason and sends one back', async () => {
    const session = sessionOf('dead-letters');
    renderIn(session, <DeadLetters />);
    act(() => session.getState().seek(8.5 * SECOND));
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows).toHaveLength(2);
    within(rows[0]!).getByText('the image is broken');
    await userEvent.click(within(rows[0]!).getByRole('button', { name: 'Redrive' }));
    expect(session.getState().scenario.script).toContainEqual(expect.objectContaining({ do: 'redrive', item: 1 }));
  });

  it('says that nothing can get there where the limit is off', () => {
    renderIn(sessionOf('naive'), <DeadLetters />);
    screen.getByText(/“Dead letters after” is off/);
  });
});

describe('Workers', () => {
  it('shows a crashed worker as down and restarts it', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Workers />);
    act(() => session.getState().seek(3 * SECOND));
    await userEvent.click(button('Crash worker 2'));
    const row = screen.getByRole('row', { name: /^Worker 2/ });
    expect(row).toHaveTextContent('down');
    await userEvent.click(button('Restart worker 2'));
    expect(screen.getByRole('row', { name: /^Worker 2/ })).not.toHaveTextContent('down');
    expect(session.getState().scenario.script.map((entry) => entry.do)).toEqual(['crash', 'restart']);
  });
});

describe('ItemStory', () => {
  it('tells one image’s life, each sentence a jump', async () => {
    const session = sessionOf('naive');
    renderIn(session, <ItemStory />);
    act(() => session.getState().seek(20 * SECOND));
    act(() => session.getState().select({ kind: 'item', id: 3 }));
    const told = session.getState().tell({ itemId: 3 });
    const rows = screen.getAllByRole('listitem');
    expect(rows).toHaveLength(told.length);
    await userEvent.click(within(rows.at(-1)!).getByRole('button'));
    expect(session.getState().viewMicros).toBe(told.at(-1)?.entry.atMicros);
  });
});

describe('Log', () => {
  it('hides the details at first, and everything after the moment', async () => {
    const session = sessionOf('naive');
    renderIn(session, <Log />);
    act(() => session.getState().seek(20 * SECOND));
    act(() => session.getState().seek(6 * SECOND));
    const told = session.getState().tell({ untilMicros: 6 * SECOND });
    const worth = told.filter(({ sentence }) => sentence.level !== 'detail');
    expect(screen.getAllByRole('listitem')).toHaveLength(worth.length);
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(told.length);
  });
});

describe('Inspector', () => {
  it('shows what the state means, in the machine’s own words', () => {
    const session = sessionOf('naive');
    renderIn(session, <Inspector />);
    screen.getByText(/Nobody is selected/);
    act(() => session.getState().select({ kind: 'address', id: 'worker-1' }));
    screen.getByText('Waits at the queue for the next item.');
  });
});

describe('Faults', () => {
  it('puts each press into the script, and offers the way back', async () => {
    const session = sessionOf('retry-at-once', { script: [] });
    renderIn(session, <Faults />);
    act(() => session.getState().seek(2 * SECOND));
    expect(screen.queryByRole('button', { name: 'Image store back' })).toBeNull();
    await userEvent.click(button('Image store out'));
    await userEvent.click(button('Image store back'));
    await userEvent.click(button('Cut the queue off'));
    await userEvent.click(button('Heal the network'));
    expect(session.getState().scenario.script.map((entry) => entry.do)).toEqual([
      'outage',
      'recover',
      'partition',
      'heal',
    ]);
  });
});

describe('Script', () => {
  it('lists what was done and by whom, and removes it', async () => {
    const session = sessionOf('worker-dies');
    renderIn(session, <Script />);
    const count = session.getState().scenario.script.length;
    expect(screen.getAllByRole('listitem')).toHaveLength(count);
    expect(screen.getAllByText(/came with the scenario/)).toHaveLength(count);
    await userEvent.click(screen.getAllByRole('button', { name: /^Remove/ })[0]!);
    expect(session.getState().scenario.script).toHaveLength(count - 1);
  });
});

describe('PanelBoundary', () => {
  it('keeps a panel’s error in the panel and leaves the transport alive', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const session = sessionOf('naive');
    const Broken = (): never => {
      throw new Error('the panel fell over');
    };
    renderIn(
      session,
      <>
        <PanelBoundary name="the panel “Broken”">
          <Broken />
        </PanelBoundary>
        <Transport />
      </>,
    );
    expect(screen.getByRole('alert')).toHaveTextContent('Something went wrong in the panel “Broken”.');
    await userEvent.click(button('Play'));
    expect(session.getState().playing).toBe(true);
  });
});
