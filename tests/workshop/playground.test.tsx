import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { arrivalOf } from '../../src/workshop/catalogues.ts';
import Playground from '../../src/workshop/Playground.tsx';
import { packing } from '../../src/workshop/packing.ts';
import { keyboard } from '../../src/workshop/useKeys.ts';

const open = (query: string) => render(<Playground query={new URLSearchParams(query)} />);
/** Something in a part that loads on its own. */
const arriving = (role: string, name: string) => screen.findByRole(role, { name }, { timeout: 20_000 });
const button = (name: string | RegExp) => screen.getByRole('button', { name });

// How these come is another test's affair (`worlds.test.tsx`).
beforeAll(() => Promise.all([arrivalOf('work-queue')!.load(), packing.load(), keyboard.load()]));

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
});
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

/** Drives the player by hand: each call is one picture, 50 ms after the last. */
function pictures() {
  const waiting: FrameRequestCallback[] = [];
  let nowMs = 1_000;
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => waiting.push(callback));
  vi.spyOn(window, 'cancelAnimationFrame').mockImplementation(() => {});
  return (count: number) =>
    act(async () => {
      for (let n = 0; n < count; n++) {
        nowMs += 50;
        for (const callback of waiting.splice(0)) callback(nowMs);
      }
    });
}

/** jsdom's files can't be read; a browser's can. */
function fileOf(text: string): File {
  return Object.assign(new File([text], 'bad.json'), { text: () => Promise.resolve(text) });
}

describe('a link', () => {
  it('opens its scenario paused, with the question, the number and Play', () => {
    open('s=naive');
    screen.getByRole('heading', { level: 1, name: 'The naive distributor loses images' });
    screen.getByText('0 of 0 done · 0 lost');
    screen.getByText('Bet first, then press Play.');
    button('Play');
  });

  it.each([
    ['names no scenario that there is', 's=naiv', /naiv/],
    ['has a value out of range', 's=naive&set=failureProbability:7', /failureProbability/],
    ['has a key that nobody knows', 's=naive&zebra=1', /zebra/],
    ['was cut off', 's=naive&r=', /cut off/],
    ['names a panel that there is not', 's=naive&p=zebra', /panel\) is "zebra": expected controls/],
    ['names a workshop that there is not', 'lesson=99-zebras', /no open workshop "99-zebras"/],
    ['names a stage that there is not', 'lesson=01-work-queues&stage=zebra', /no stage "zebra": expected context/],
    ['names no scenario at all', '', /ends where the scenario should be named/],
  ])('that %s says so, and opens nothing in its place', async (_, query, sentence) => {
    open(query);
    expect(await screen.findByRole('alert', {}, { timeout: 20_000 })).toHaveTextContent(sentence);
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull();
    expect(screen.getByRole('link', { name: 'To the front door' })).toHaveAttribute('href', '#/');
  });

  it.each([
    ['once', 's%3Dnaive%26r%3D3'],
    ['twice', 's%253Dnaive%2526r%253D3'],
  ])('whose query was encoded %s on the way opens all the same', (_, query) => {
    open(query);
    screen.getByRole('heading', { level: 1, name: 'The naive distributor loses images' });
  });

  it('that asks for a stage that there is not offers the workshop', async () => {
    open('lesson=01-work-queues&stage=zebra');
    expect(await screen.findByRole('link', { name: /^Open workshop 1/ })).toHaveAttribute(
      'href',
      '#/learn/01-work-queues',
    );
  });

  it('that is bad, but names a scenario of the library, offers that one', async () => {
    open('s=naive&set=failureProbability:7');
    expect(await screen.findByRole('link', { name: /^Open “The naive distributor/ })).toHaveAttribute(
      'href',
      '#/play?s=naive',
    );
  });

  it('is a visit: opening, playing and looking keep nothing on this device', async () => {
    const show = pictures();
    open('s=naive');
    await userEvent.click(button('Play'));
    await show(20);
    await userEvent.click(button('Pause'));
    await act(() => new Promise((resolve) => setTimeout(resolve, 700)));
    expect(localStorage.getItem('lockstep.drafts')).toBeNull();
    expect(location.hash).toBe('');
  });

  it('follows an edit once it has settled, and keeps a draft of it', async () => {
    open('s=naive');
    await userEvent.selectOptions(await arriving('combobox', 'Retry strategy'), 'requeue');
    expect(location.hash).toBe('');
    await waitFor(() => expect(location.hash).toContain('set=retryStrategy:requeue'), { timeout: 3_000 });
    expect(JSON.parse(localStorage.getItem('lockstep.drafts') ?? '[]')).toHaveLength(1);
    screen.getByText('(changed)');
  });

  it('of another engine opens with a notice, which can be closed', async () => {
    open('s=naive&e=999');
    expect(screen.getByText(/made with a newer engine/)).toBeInTheDocument();
    await userEvent.click(button('Close this notice'));
    expect(screen.queryByText(/made with a newer engine/)).toBeNull();
  });

  it.each([
    ['worker-50', 'Worker 50 is not on the stage here: there are 4.'],
    ['producer-7', 'Producer 7 is not on the stage here: there is only one.'],
    ['image-store', 'The image store is not on the stage here.'],
  ])('that selects %s, who is not there, opens and says so', (address, sentence) => {
    open(`s=naive&sel=${address}`);
    screen.getByRole('heading', { level: 1, name: 'The naive distributor loses images' });
    screen.getByText(sentence);
  });

  it('that selects someone who is there says nothing', () => {
    open('s=naive&sel=worker-4');
    expect(screen.queryByText(/not on the stage/)).toBeNull();
  });

  it('that is bad offers to open a file instead, and says what is wrong with that', async () => {
    const user = userEvent.setup({ applyAccept: false });
    open('s=naiv');
    await arriving('button', 'Open a file …');
    const file = screen.getByLabelText('Scenario file');
    await user.upload(file, fileOf('once upon a time'));
    await screen.findByText(/the file bad.json, line 1, column 1/i);
    expect(location.hash).toBe('');
    await user.upload(file, fileOf('{"format":1,"preset":"poison","seed":99}'));
    await waitFor(() => expect(location.hash).toBe('#/play?s=poison&r=99&e=1'));
  });

  it('that is bad keeps what was just changed, and offers the way back to it', async () => {
    const { rerender } = open('s=naive');
    fireEvent.change(await arriving('combobox', 'Retry strategy'), { target: { value: 'requeue' } });
    rerender(<Playground query={new URLSearchParams('s=naiv')} />);
    const back = await screen.findByRole('link', { name: /^Back to “The naive distributor/ }, { timeout: 20_000 });
    expect(back).toHaveAttribute('href', '#/play?s=naive&r=3&set=retryStrategy:requeue&e=1');
    const [draft] = JSON.parse(localStorage.getItem('lockstep.drafts') ?? '[]');
    expect(draft.link).toBe(back.getAttribute('href'));
    rerender(<Playground query={new URLSearchParams('s=naive&r=3&set=retryStrategy:requeue&e=1')} />);
    screen.getByText('(changed)');
  });

  it('that follows another keeps what was just changed in the one before', async () => {
    const { rerender } = open('s=naive');
    fireEvent.change(await arriving('combobox', 'Retry strategy'), { target: { value: 'requeue' } });
    rerender(<Playground query={new URLSearchParams('s=poison')} />);
    const drafts: { link: string }[] = JSON.parse(localStorage.getItem('lockstep.drafts') ?? '[]');
    expect(drafts.map(({ link }) => link)).toEqual(['#/play?s=naive&r=3&set=retryStrategy:requeue&e=1']);
  });
});

describe('the bet', () => {
  it('is kept, may be changed at the last stop, and is answered by the run', async () => {
    const show = pictures();
    const { unmount } = open('s=naive');
    await userEvent.click(screen.getByRole('radio', { name: 'Twenty, a bit later.' }));
    unmount();
    open('s=naive');
    expect(screen.getByRole('radio', { name: 'Twenty, a bit later.' })).toBeChecked();

    await userEvent.click(button('Play'));
    await show(190);
    screen.getByText('Last chance to change your bet.');
    button('Play');
    const right = screen.getByRole('radio', { name: /^About fourteen, and nobody knows/ });
    await userEvent.click(right);
    await userEvent.click(button('Play'));
    await show(700);
    screen.getByText('Your bet was right.');
    expect(screen.getByRole('radio', { name: /^About fourteen, and nobody knows/ })).toBeDisabled();
  });

  it('does not claim the library’s answer for a run with other settings', async () => {
    const show = pictures();
    open('s=naive&set=failureProbability:0');
    screen.getByText('(changed)');
    await userEvent.click(button('Play'));
    await show(190);
    await userEvent.click(button('Play'));
    await show(700);
    expect(screen.getAllByText(/20 of 20 done/)[0]).toBeVisible();
    screen.getByText(/^This run was changed, so it may have ended otherwise/);
  });

  it('gives the answer plainly for the library’s own run', async () => {
    const show = pictures();
    open('s=naive');
    expect(screen.queryByText('(changed)')).toBeNull();
    await userEvent.click(button('Play'));
    await show(190);
    await userEvent.click(button('Play'));
    await show(700);
    screen.getByText('The run has shown it.');
    expect(screen.queryByText(/^This run was changed/)).toBeNull();
  });

  it('gives nothing away before the run has shown it', () => {
    open('s=naive');
    expect(document.body).not.toHaveTextContent(/Your bet was|Not what you bet|The run has shown it/);
  });
});

describe('the keyboard', () => {
  it('plays by Space, steps by arrows, restarts by R, from anywhere but a field', async () => {
    // No picture comes by itself, so that no time goes by between two keys.
    pictures();
    open('s=naive');
    await userEvent.keyboard(' ');
    button('Pause');
    await userEvent.keyboard(' ');
    button('Play');
    const moment = screen.getByRole('slider', { name: 'Moment of the run' });
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect(moment).toHaveValue('200000');
    await userEvent.keyboard('r');
    expect(moment).toHaveValue('0');
    await userEvent.click(await arriving('spinbutton', 'Failure rate, as a number'));
    await userEvent.keyboard('k');
    button('Play');
  });
});

describe('a key before the keyboard has come', () => {
  it('is done when it comes', async () => {
    const module = await keyboard.load();
    let come = () => {};
    const coming = new Promise<typeof module>((resolve) => {
      come = () => resolve(module);
    });
    const load = vi.spyOn(keyboard, 'load').mockReturnValue(coming);
    const here = vi.spyOn(keyboard, 'here').mockReturnValue(undefined);
    open('s=naive');
    await userEvent.keyboard('k');
    button('Play');
    here.mockRestore();
    load.mockRestore();
    await act(async () => come());
    button('Pause');
  });
});

describe('single letters', () => {
  it('are no keys any more once they are switched off', async () => {
    open('s=naive');
    await userEvent.click(button('More'));
    await userEvent.click(screen.getByRole('menuitemradio', { name: /^Keys by single letters/ }));
    await userEvent.keyboard('k');
    button('Play');
    await userEvent.keyboard('{Alt>}k{/Alt}');
    button('Pause');
  });
});

describe('an issue', () => {
  it('is reported from the menu, with the link to this scenario and this moment filled in', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    open('s=naive');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await userEvent.click(button('More'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Report an issue with this scenario' }));
    const address = new URL(String(opened.mock.calls[0]?.[0]));
    expect(address.pathname).toMatch(/\/issues\/new$/);
    expect(address.searchParams.get('body')).toMatch(/#\/play\?s=naive&r=3&t=100&/);
  });
});

describe('the twin', () => {
  it('is named on the toggle so that one tells which is which', () => {
    open('s=visibility-too-short');
    screen.getByRole('radio', { name: 'Idempotent results' });
  });

  it('takes the other’s place at the same moment', async () => {
    open('s=retry-at-once');
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}');
    await userEvent.click(screen.getByRole('radio', { name: 'Exponential backoff' }));
    screen.getByRole('heading', { level: 1, name: /^Exponential backoff/ });
    expect(screen.getByRole('slider', { name: 'Moment of the run' })).toHaveValue('300000');
  });
});

describe('the changed past', () => {
  it('is said in one line, with the way back to Run A', async () => {
    open('s=naive');
    for (let n = 0; n < 12; n++) await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}');
    await userEvent.click(button('Controls'));
    await userEvent.click(await arriving('button', 'Submit an image'));
    screen.getByText('You changed the past. The old run is kept as Run A.');
    screen.getByText('(changed)');
    await userEvent.click(button('Back to Run A'));
    expect(screen.queryByText('(changed)')).toBeNull();
  });

  it('is said until the next deed', async () => {
    open('s=naive');
    for (let n = 0; n < 12; n++) await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}');
    await userEvent.click(button('Controls'));
    await userEvent.click(await arriving('button', 'Submit an image'));
    const said = 'You changed the past. The old run is kept as Run A.';
    screen.getByText(said);
    await userEvent.click(button('Submit an image'));
    expect(screen.queryByText(said)).toBeNull();
    button('To the other run (Run A)');
  });
});

describe('Share', () => {
  const dialog = () => screen.findByRole('dialog', { name: 'Share' }, { timeout: 20_000 });
  const field = (within_: HTMLElement) => within(within_).getByRole<HTMLTextAreaElement>('textbox');

  it('gives the short form, says how long it is, and copies it', async () => {
    const user = userEvent.setup();
    open('s=naive');
    await user.click(button('Share'));
    const share = await dialog();
    expect(field(share).value).toMatch(/#\/play\?s=naive&r=3&e=\d+$/);
    expect(share).toHaveTextContent(`${field(share).value.length} characters. Short: fits a QR code`);
    await user.click(within(share).getByRole('button', { name: 'Copy link' }));
    await within(share).findByText('Link copied.');
    expect(await navigator.clipboard.readText()).toBe(field(share).value);
  }, 30_000);

  it('takes the moment along only where that is asked for', async () => {
    open('s=naive');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await userEvent.keyboard('s');
    const share = await dialog();
    expect(field(share).value).not.toContain('&t=');
    await userEvent.click(within(share).getByRole('switch', { name: /^The moment/ }));
    expect(field(share).value).toContain('&t=100&');
  }, 30_000);

  it.each([
    ['is no JSON', 'once upon a time', /the file bad.json, line 1, column 1/i],
    ['is no scenario', '{"format":1,"world":"moon","seed":1,"untilMs":1000}', /moon/],
  ])(
    'says what is wrong with a file that %s, and leaves the run as it was',
    async (_, text, sentence) => {
      const user = userEvent.setup({ applyAccept: false });
      open('s=naive');
      await user.keyboard('s');
      const share = await dialog();
      await user.upload(within(share).getByLabelText('Scenario file'), fileOf(text));
      expect(await within(share).findByRole('alert')).toHaveTextContent(sentence);
      screen.getByRole('heading', { level: 1, name: 'The naive distributor loses images', hidden: true });
    },
    30_000,
  );
});
