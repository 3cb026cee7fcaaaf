import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Tabs } from '../../src/ui/index.ts';

const tabs = ['Stage', 'Queue', 'Log'].map((label) => ({ id: label, label, content: <p>{`This is the ${label}`}</p> }));
const tab = (name: string) => screen.getByRole('tab', { name });

describe('Tabs', () => {
  it('is one stop for the Tab key, and the arrows move and choose', async () => {
    render(<Tabs label="Panels" tabs={tabs} />);
    await userEvent.tab();
    expect(tab('Stage')).toHaveFocus();
    expect(screen.getAllByRole('tab').map((one) => one.tabIndex)).toEqual([0, -1, -1]);
    await userEvent.keyboard('{ArrowRight}');
    expect(tab('Queue')).toHaveFocus();
    expect(tab('Queue')).toHaveAttribute('aria-selected', 'true');
    expect(screen.getByRole('tabpanel', { name: 'Queue' })).toHaveTextContent('This is the Queue');
    expect(screen.getAllByRole('tab').map((one) => one.tabIndex)).toEqual([-1, 0, -1]);
  });

  it('goes round at the ends; Home and End go to them', async () => {
    render(<Tabs label="Panels" tabs={tabs} />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}');
    expect(tab('Log')).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    expect(tab('Stage')).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(tab('Log')).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(tab('Stage')).toHaveFocus();
  });

  it('mounts only the chosen content, and falls back to the first where the chosen one is gone', () => {
    const { rerender } = render(<Tabs label="Panels" tabs={tabs} selected="Log" />);
    expect(screen.queryByText('This is the Stage')).toBeNull();
    rerender(<Tabs label="Panels" tabs={tabs.slice(0, 2)} selected="Log" />);
    expect(screen.getByText('This is the Stage')).toBeVisible();
  });
});
