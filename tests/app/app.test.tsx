import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { parseRoute } from '../../src/app/route.ts';
import { workshops } from '../../src/lessons/reference/workshops.ts';
import { workQueueLibrary } from '../../src/scenarios/library/workQueue/index.ts';
import { fetchParts } from '../../src/ui/index.ts';

// axe reads whole pages here, which takes its time in jsdom.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

// What loads on its own is transformed once here, so that no test waits for that.
beforeAll(() => fetchParts());

function go(hash: string) {
  act(() => {
    location.hash = hash;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
}

beforeEach(() => {
  localStorage.clear();
  document.documentElement.removeAttribute('data-theme');
  history.replaceState(null, '', '#/');
});

const theme = () => document.documentElement.dataset.theme;

async function violations() {
  // Contrast and size need a browser that paints; the tokens' contrasts have a test of their own.
  const { violations: found } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

describe('the front door', () => {
  it('has one big way in, and every link on it leads to a page', async () => {
    render(<App />);
    const start = await screen.findByRole('link', { name: 'Start: watch jobs get lost' });
    expect(parseRoute(start.getAttribute('href') ?? '')).toMatchObject({ page: 'play' });
    for (const link of screen.getAllByRole('link')) {
      const href = link.getAttribute('href') ?? '';
      if (href.startsWith('#')) expect(parseRoute(href).page, href).not.toBe('unknown');
    }
  });

  it('lists each scenario by its question, and each workshop with its state', () => {
    render(<App />);
    for (const scenario of workQueueLibrary) {
      const link = screen.getByRole('link', { name: new RegExp(literally(scenario.title)) });
      expect(link).toHaveAttribute('href', `#/play?s=${scenario.preset}`);
      const row = link.closest('ul[class*=questions] > li');
      if (scenario.question) expect(row).toHaveTextContent(scenario.question);
    }
    const cards = within(screen.getByRole('region', { name: 'Four workshops' })).getAllByRole('listitem');
    expect(cards).toHaveLength(4);
    workshops.forEach((workshop, i) => {
      expect(cards[i]).toHaveTextContent(workshop.state === 'open' ? 'Open' : 'In the making');
      expect(within(cards[i]!).queryAllByRole('link')).toHaveLength(workshop.state === 'open' ? 1 : 0);
    });
  });

  it('shows its address as a QR code, with a word for who leads', async () => {
    render(<App />);
    await userEvent.click(screen.getByRole('button', { name: 'QR code' }));
    const dialog = screen.getByRole('dialog');
    expect(await within(dialog).findByRole('img', { name: /QR code of http.*#\/$/ })).toBeVisible();
    expect(dialog).toHaveTextContent('this machine alone');
  });

  it('leads to issues, pull requests and discussions, the issue prefilled with the place', () => {
    render(<App />);
    const issue = new URL(screen.getByRole('link', { name: 'Report an issue' }).getAttribute('href') ?? '');
    expect(issue.searchParams.get('body')).toContain(location.href);
    expect(screen.getByRole('link', { name: 'Pull requests' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Discussions' })).toBeVisible();
  });

  it('passes axe', async () => {
    render(<App />);
    expect(await violations()).toEqual([]);
  });
});

describe('the ways', () => {
  it.each([
    ['#/cloud', 'In the cloud'],
    ['#/concepts/jitter', 'Concepts and patterns'],
    ['#/limits', 'What this does not model'],
    ['#/reading', 'Further reading'],
  ])('%s shows %s, and passes axe', async (hash, heading) => {
    history.replaceState(null, '', hash);
    render(<App />);
    expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeVisible();
    expect(document.title).toContain(heading);
    expect(await violations()).toEqual([]);
  });

  it('says so where there is no such page, and shows the way on', () => {
    history.replaceState(null, '', '#/plya?s=naive');
    render(<App />);
    expect(screen.getByRole('alert')).toHaveTextContent('There is no such page.');
    expect(screen.getByRole('alert')).toHaveTextContent('/plya');
    expect(screen.getByRole('link', { name: 'To the front door' })).toHaveAttribute('href', '#/');
  });

  it('follows a link that is pasted into the open tab, and takes the focus to the content', async () => {
    render(<App />);
    go('#/reading');
    expect(await screen.findByRole('heading', { level: 1, name: 'Further reading' })).toBeVisible();
    expect(screen.getByRole('main')).toHaveFocus();
    expect(screen.getByRole('link', { name: 'Reading' })).toHaveAttribute('aria-current', 'page');
  });

  it('marks the concept that a link names, and says so where there is none', async () => {
    history.replaceState(null, '', '#/concepts/jitter');
    render(<App />);
    const jitter = await screen.findByRole('region', { name: 'Jitter' });
    expect(jitter).toHaveFocus();
    go('#/concepts/nonsense');
    expect(await screen.findByText(/There is no concept “nonsense”/)).toBeVisible();
  });
});

describe('the theme', () => {
  it('comes from the link, stays on the way, and is not stored', async () => {
    history.replaceState(null, '', '#/?theme=projector');
    render(<App />);
    expect(theme()).toBe('projector');
    go('#/reading');
    expect(theme()).toBe('projector');
    expect(localStorage).toHaveLength(0);
  });

  it('is the person’s own once chosen, also against the link', async () => {
    history.replaceState(null, '', '#/?theme=projector');
    render(<App />);
    await userEvent.click(screen.getByRole('button', { name: 'Theme' }));
    expect(screen.getByRole('menuitemradio', { name: 'Projector' })).toBeChecked();
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'Dark' }));
    expect(theme()).toBe('dark');
    go('#/reading');
    expect(theme()).toBe('dark');
    expect(screen.getByRole('button', { name: 'Theme' })).toBeVisible();
  });
});

describe('the help', () => {
  it('opens and closes with ?, but not while one types', async () => {
    render(
      <>
        <App />
        <input aria-label="A field" />
      </>,
    );
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Help and keys' })).toBeVisible();
    await userEvent.keyboard('?');
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.type(screen.getByRole('textbox', { name: 'A field' }), '?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
