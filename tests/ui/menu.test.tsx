import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { MenuButton, placeBeside, type Side } from '../../src/ui/index.ts';

function items(onSelect = vi.fn()) {
  return [
    { id: 'crash', label: 'Crash', onSelect: () => onSelect('crash') },
    { id: 'pause', label: 'Pause', onSelect: () => onSelect('pause') },
    { id: 'restart', label: 'Restart', disabledBecause: 'It is up.', onSelect: () => onSelect('restart') },
  ];
}

describe('Menu', () => {
  it('opens on its first item, moves by arrows and letters, and gives the focus back on Esc', async () => {
    render(<MenuButton label="Worker 2" items={items()} />);
    const button = screen.getByRole('button', { name: 'Worker 2' });
    await userEvent.click(button);
    expect(screen.getByRole('menu', { name: 'Worker 2' })).toBeVisible();
    expect(screen.getByRole('menuitem', { name: 'Crash' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(screen.getByRole('menuitem', { name: 'Restart' })).toHaveFocus();
    await userEvent.keyboard('p');
    expect(screen.getByRole('menuitem', { name: 'Pause' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-expanded', 'false');
  });

  it('does what was chosen after it closed, with the focus back on the button', async () => {
    const seen: unknown[] = [];
    const onSelect = vi.fn(() => seen.push(document.activeElement?.textContent, screen.queryByRole('menu')));
    render(<MenuButton label="Worker 2" items={items(onSelect)} />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onSelect).toHaveBeenCalledWith('pause');
    expect(seen[0]).toBe('Worker 2');
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('says why an item cannot be chosen, and does nothing', async () => {
    const onSelect = vi.fn();
    render(<MenuButton label="Worker 2" items={items(onSelect)} />);
    await userEvent.click(screen.getByRole('button'));
    const restart = screen.getByRole('menuitem', { name: 'Restart' });
    expect(restart).toHaveAccessibleDescription('It is up.');
    expect(restart).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(restart);
    expect(onSelect).not.toHaveBeenCalled();
  });

  it('closes on a press elsewhere, and on a second press of its button', async () => {
    render(
      <>
        <MenuButton label="Worker 2" items={items()} />
        <p>Elsewhere</p>
      </>,
    );
    const button = screen.getByRole('button');
    await userEvent.click(button);
    await userEvent.click(screen.getByText('Elsewhere'));
    expect(screen.queryByRole('menu')).toBeNull();
    await userEvent.click(button);
    await userEvent.click(button);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('placeBeside', () => {
  const sides: readonly Side[] = ['right', 'left', 'below', 'above'];
  const window = { width: 400, height: 600 };
  const size = { width: 160, height: 200 };

  it('covers what it is about nowhere on the page, and stays in the window where there is room', () => {
    for (let left = 0; left <= 360; left += 20)
      for (let top = 0; top <= 560; top += 20) {
        const anchor = { left, top, width: 40, height: 40 };
        const place = placeBeside(anchor, size, window, sides);
        const height = Math.min(size.height, place.maxHeight);
        const apart =
          place.left >= left + 40 ||
          place.left + size.width <= left ||
          place.top >= top + 40 ||
          place.top + height <= top;
        expect(apart, `${left},${top} → ${JSON.stringify(place)}`).toBe(true);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.left + size.width).toBeLessThanOrEqual(window.width);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.top + height).toBeLessThanOrEqual(window.height);
      }
  });

  it('takes the first side with room, in the order asked for', () => {
    const anchor = { left: 20, top: 20, width: 40, height: 40 };
    expect(placeBeside(anchor, size, window, sides).side).toBe('right');
    expect(placeBeside(anchor, size, window, ['below', 'right']).side).toBe('below');
    expect(placeBeside({ ...anchor, left: 340 }, size, window, sides).side).toBe('left');
  });

  it('scrolls where it fits nowhere whole', () => {
    const place = placeBeside(
      { left: 100, top: 200, width: 200, height: 40 },
      { width: 300, height: 900 },
      window,
      sides,
    );
    expect(place.side).toBe('below');
    expect(place.maxHeight).toBeLessThan(400);
  });
});
