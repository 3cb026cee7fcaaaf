import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Catalogue } from '../../src/scenarios/catalogue.ts';
import { writeLink } from '../../src/scenarios/link.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import { arrivalOf } from '../../src/workshop/catalogues.ts';
import Playground from '../../src/workshop/Playground.tsx';
import { fakeCatalogue, plainInput } from '../support/fakeWorld.ts';

/** How the belfry comes: each load takes the next answer from here; with none left, it comes at once. */
const belfry = vi.hoisted(() => ({ answers: [] as (() => Promise<{ catalogue: Catalogue }>)[], loads: 0 }));

vi.mock('../../src/scenarios/library/whereabouts.ts', async (original) => {
  const actual = await original<typeof import('../../src/scenarios/library/whereabouts.ts')>();
  const known = actual.whereabouts as (typeof actual.whereabouts)[number][];
  known.push({ world: 'belfry', title: 'Belfry', presets: ['evening', 'morning'] });
  return actual;
});
vi.mock('../../src/scenarios/loaders.ts', async (original) => {
  const actual = await original<typeof import('../../src/scenarios/loaders.ts')>();
  const load = () => {
    belfry.loads++;
    return belfry.answers.shift()?.() ?? Promise.resolve({ catalogue: fakeCatalogue });
  };
  return { catalogueLoaders: { ...actual.catalogueLoaders, belfry: load } };
});

const playground = (query: string) => <Playground query={new URLSearchParams(query)} />;
const title = (name: string) => screen.findByRole('heading', { level: 1, name });

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
});

describe('a world', () => {
  // First of all: what has come stays.
  it('is asked for by a link, and offered again where it could not be fetched', async () => {
    belfry.answers.push(() => Promise.reject(new Error('no network')));
    vi.spyOn(console, 'error').mockImplementation(() => {});
    render(playground('s=evening'));
    expect(screen.getByRole('status')).toHaveTextContent('Fetching the world “Belfry”');
    await screen.findByText('Something went wrong with the world “Belfry”.');

    let come: (module: { catalogue: Catalogue }) => void = () => {};
    belfry.answers.push(() => new Promise((resolve) => (come = resolve)));
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(screen.getByRole('status')).toHaveTextContent('Fetching the world “Belfry”');
    await act(async () => come({ catalogue: fakeCatalogue }));
    await title('Evening bells');
  });

  it('is here at once for the next link, and offers its own panels only', async () => {
    await arrivalOf('belfry')!.load();
    const { loads } = belfry;
    render(playground('s=morning'));
    screen.getByRole('heading', { level: 1, name: 'Morning bells' });
    expect(belfry.loads).toBe(loads);
    const tabs = within(screen.getByRole('tablist', { name: 'Panels' })).getAllByRole('tab');
    expect(tabs.map((tab) => tab.textContent)).toEqual(['Promises', 'Log']);
    expect(screen.queryByRole('button', { name: 'More panels' })).toBeNull();
  });

  it('refuses a panel of another world', async () => {
    render(playground('s=evening&p=queue'));
    await screen.findByText(/the link's p \(panel\) is "queue": expected promises or log/i);
  });

  it('gives way to another world, and comes back', async () => {
    const { rerender } = render(playground('s=evening'));
    rerender(playground('s=naive'));
    await title('The naive distributor loses images');
    rerender(playground('s=evening'));
    await title('Evening bells');
  });

  it('is found in a blob, for which the unpacking comes first', async () => {
    const checked = checkScenario(plainInput, fakeCatalogue);
    if (!checked.ok) throw new Error(checked.problem.sentence);
    const link = writeLink(checked.value, {}, fakeCatalogue);
    expect(link).toMatch(/^#\/play\?r=42&e=\d+&d=/);
    render(playground(link.slice(link.indexOf('?') + 1)));
    await title('Bells');
  });

  it.each([
    ['s=evenin', 'The link\'s s: there is no scenario "evenin" in the library. Did you mean evening?'],
    ['s=naiv', 'The link\'s s: there is no scenario "naiv" in the library. Did you mean naive?'],
  ])('does not hide that %s names nothing', async (query, sentence) => {
    render(playground(query));
    await screen.findByText(sentence);
  });
});
