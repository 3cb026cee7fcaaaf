import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MoreQuestions, moreLibrary } from '../../src/app/MoreQuestions.tsx';
import { workQueueLibrary } from '../../src/scenarios/library/workQueue/index.ts';

it('says how many scenarios a world has before they come, and lists them once it is unfolded', async () => {
  const loads: string[] = [];
  const more = moreLibrary(
    'work-queue',
    async () => {
      loads.push('library');
      return { workQueueLibrary };
    },
    (module) => module.workQueueLibrary,
  );
  render(<MoreQuestions {...more} />);
  const head = screen.getByText(`Work queue: ${workQueueLibrary.length} scenarios`);
  expect(loads).toEqual([]);
  expect(screen.queryAllByRole('link')).toEqual([]);

  const details = head.closest('details')!;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  const { title, preset } = workQueueLibrary[0]!;
  expect(await screen.findByRole('link', { name: new RegExp(title) })).toHaveAttribute('href', `#/play?s=${preset}`);
});
