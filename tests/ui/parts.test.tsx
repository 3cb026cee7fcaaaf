import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, freshAddress, importAgain } from '../../src/ui/importAgain.ts';
import { Button, Dialog, Lamp, lazyPart, Panel, Segmented, Select, Switch } from '../../src/ui/index.ts';
import { fetchParts, partsStore, registerPart, retryFailedParts } from '../../src/ui/parts.ts';

afterEach(() => vi.restoreAllMocks());

describe('Dialog', () => {
  it('gives the focus back to what opened it, and closes on the cross and on a press beside it', async () => {
    function Opener() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <Button onClick={() => setOpen(true)}>Share</Button>
          {open && (
            <Dialog title="Share this run" onClose={() => setOpen(false)}>
              Words
            </Dialog>
          )}
        </>
      );
    }
    render(<Opener />);
    const opener = screen.getByRole('button', { name: 'Share' });
    await userEvent.click(opener);
    expect(screen.getByRole('dialog', { name: 'Share this run' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(opener).toHaveFocus();
    await userEvent.click(opener);
    await userEvent.click(screen.getByText('Words'));
    expect(screen.getByRole('dialog')).toBeVisible();
    await userEvent.click(screen.getByRole('dialog'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('small parts', () => {
  it('Panel: the question names the region, and the reason stands where there is nothing', () => {
    const { rerender } = render(<Panel question="What failed for good?">Rows</Panel>);
    expect(screen.getByRole('region', { name: 'What failed for good?' })).toHaveTextContent('Rows');
    rerender(
      <Panel question="What failed for good?" empty="Nothing yet.">
        Rows
      </Panel>,
    );
    expect(screen.getByRole('region')).toHaveTextContent('Nothing yet.');
    expect(screen.queryByText('Rows')).toBeNull();
  });

  it('Lamp: each state has its own words, not only its colour', () => {
    render(
      <>
        <Lamp state="kept" label="A" />
        <Lamp state="broken" label="B" onPress={() => {}} />
        <Lamp state="pending" label="C" />
        <Lamp state="unknown" label="D" />
      </>,
    );
    expect(screen.getByRole('button')).toHaveAccessibleName(/B.*Broken/);
    for (const words of ['Kept', 'Not decided yet', 'Can’t tell']) expect(screen.getByText(words)).toBeVisible();
  });

  it('Switch, Select and Segmented tell the new value', async () => {
    const said = vi.fn();
    render(
      <>
        <Switch label="Idempotent" checked={false} onChange={said} description="Once only." />
        <Select
          label="Strategy"
          value="none"
          onChange={said}
          options={[
            { value: 'none', label: 'None', sentence: 'A failed job is gone.' },
            { value: 'requeue', label: 'Back to the queue' },
          ]}
        />
        <Segmented
          label="Jitter"
          value="full"
          onChange={said}
          options={[
            { value: 'none', label: 'none' },
            { value: 'full', label: 'full' },
          ]}
        />
      </>,
    );
    expect(screen.getByRole('switch', { name: 'Idempotent' })).toHaveAccessibleDescription('Once only.');
    expect(screen.getByRole('combobox', { name: 'Strategy' })).toHaveAccessibleDescription('A failed job is gone.');
    await userEvent.click(screen.getByRole('switch'));
    await userEvent.selectOptions(screen.getByRole('combobox'), 'requeue');
    await userEvent.click(screen.getByRole('radio', { name: 'none' }));
    expect(said.mock.calls).toEqual([[true], ['requeue'], ['none']]);
    expect(screen.getByRole('radiogroup', { name: 'Jitter' })).toBeVisible();
  });
});

describe('a part that loads on its own', () => {
  it('says that it failed, and Retry really asks again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    let asked = 0;
    const Charts = lazyPart('the charts', async () => {
      asked += 1;
      if (asked === 1) throw new Error('offline');
      return { default: () => <p>Here they are</p> };
    });
    render(<Charts />);
    expect(await screen.findByText('Something went wrong with the charts.')).toBeVisible();
    expect(asked).toBe(1);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Here they are')).toBeVisible();
    expect(asked).toBe(2);
  });

  it('keeps an error of its own in its place', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    let broken = true;
    const Log = lazyPart('the log', async () => ({
      default: () => {
        if (broken) throw new Error('a bug');
        return <p>Rows</p>;
      },
    }));
    render(
      <>
        <p>The transport</p>
        <Log />
      </>,
    );
    expect(await screen.findByText('Something went wrong with the log.')).toBeVisible();
    expect(screen.getByText('The transport')).toBeVisible();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Rows')).toBeVisible();
  });

  it('is fetched ahead with all others, one at a time, and a failure holds up none of them', async () => {
    let running = 0;
    const order: string[] = [];
    const slow =
      (name: string, fails = () => false) =>
      async () => {
        running += 1;
        expect(running).toBe(1);
        await Promise.resolve();
        running -= 1;
        order.push(name);
        if (fails()) throw new Error(name);
        return name;
      };
    let offline = true;
    registerPart('one', slow('one'));
    registerPart(
      'two',
      slow('two', () => offline),
    );
    registerPart('three', slow('three'));
    await fetchParts();
    expect(order).toEqual(['one', 'two', 'three']);
    expect(partsStore.get().failed).toBe(1);
    offline = false;
    await retryFailedParts();
    expect(partsStore.get()).toMatchObject({ failed: 0 });
    expect(partsStore.get().fetched).toBe(partsStore.get().known);
  });
});

describe('importAgain', () => {
  const refused = new TypeError('Failed to fetch dynamically imported module: https://a.example/x/assets/Room-1a2b.js');

  it('asks for the file under a fresh address each time after a failure, and never again once it is here', async () => {
    const addresses: string[] = [];
    const load = importAgain<string>(
      () => Promise.reject(refused),
      async (address) => {
        addresses.push(address);
        if (addresses.length === 1) throw refused;
        return 'module';
      },
    );
    await expect(load()).rejects.toThrow('Failed to fetch');
    await expect(load()).rejects.toThrow('Failed to fetch');
    await expect(load()).resolves.toBe('module');
    await expect(load()).resolves.toBe('module');
    expect(addresses).toHaveLength(2);
    expect(new Set(addresses).size).toBe(2);
    for (const address of addresses) expect(new URL(address).pathname).toBe('/x/assets/Room-1a2b.js');
  });

  it('tries the plain import again where the browser names no address', async () => {
    let asked = 0;
    const load = importAgain(async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('Importing a module script failed.');
      return asked;
    });
    await expect(load()).rejects.toThrow();
    await expect(load()).resolves.toBe(2);
  });

  it('reads the address from what Chromium and Firefox say', () => {
    expect(addressOf(refused)).toBe('https://a.example/x/assets/Room-1a2b.js');
    expect(addressOf(new TypeError('error loading dynamically imported module: http://h/b.js'))).toBe('http://h/b.js');
    expect(addressOf(new TypeError('Importing a module script failed.'))).toBeUndefined();
    expect(addressOf(new Error('Unable to preload CSS for http://h/x/assets/b-1a.css'))).toBeUndefined();
    expect(freshAddress('http://h/b.js?v=1', 2)).toBe('http://h/b.js?v=1&again=2');
  });
});

// Kept last: it needs every earlier part to be settled.
it('counts a part that was loaded when it was needed', async () => {
  const Needed = lazyPart('the needed', async () => ({ default: () => <p>Needed</p> }));
  const before = partsStore.get().fetched;
  render(<Needed />);
  await screen.findByText('Needed');
  await waitFor(() => expect(partsStore.get().fetched).toBe(before + 1));
});
