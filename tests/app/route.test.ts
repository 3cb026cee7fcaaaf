import { describe, expect, it } from 'vitest';
import { parseRoute, titleOf, to } from '../../src/app/route.ts';

describe('routes', () => {
  it.each(['', '#', '#/', '#/?theme=projector', '#?theme=projector'])('%j is the front door', (fragment) => {
    const route = parseRoute(fragment);
    expect(route.page).toBe('front');
    if (fragment.includes('?')) expect(route.query.get('theme')).toBe('projector');
  });

  it('leads every link that the page makes to its page', () => {
    expect(parseRoute(to.front).page).toBe('front');
    expect(parseRoute(to.play('naive'))).toMatchObject({ page: 'play' });
    expect(parseRoute(to.play('a b&c')).query.get('s')).toBe('a b&c');
    expect(parseRoute(to.lesson('01-work-queues'))).toMatchObject({ page: 'lesson', lesson: '01-work-queues' });
    expect(parseRoute(to.concepts)).toMatchObject({ page: 'concepts', concept: undefined });
    expect(parseRoute(to.concept('dead letters/é'))).toMatchObject({ page: 'concepts', concept: 'dead letters/é' });
    for (const page of ['cloud', 'limits', 'reading'] as const) expect(parseRoute(to[page]).page).toBe(page);
  });

  it('takes the theme on every route', () => {
    for (const path of ['play', 'learn/x', 'cloud', 'concepts/jitter', 'limits', 'reading', 'nowhere'])
      expect(parseRoute(`#/${path}?theme=dark`).query.get('theme')).toBe('dark');
  });

  it('keeps the blob of a play link as it is', () => {
    const blob = `1.k3f9a.${'Ab-_9'.repeat(40)}`;
    expect(parseRoute(`#/play?s=naive&r=7&d=${blob}`).query.get('d')).toBe(blob);
  });

  it.each(['#/nowhere', '#/play/more', '#/cloud/x', '#/learn', '#/concepts/a/b', '#/Play', '#main', '#/%E0%A4%A'])(
    '%j is no page, and says which',
    (fragment) => {
      const route = parseRoute(fragment);
      expect(route).toMatchObject({ page: 'unknown' });
      expect(titleOf(route)).toContain('No such page');
    },
  );

  it('undoes what a chat app encoded, once and twice', () => {
    const once = `#${encodeURIComponent('/play?s=naive&r=7')}`;
    const twice = `#${encodeURIComponent(encodeURIComponent('/play?s=naive&r=7'))}`;
    for (const fragment of [once, twice]) {
      const route = parseRoute(fragment);
      expect(route.page).toBe('play');
      expect(route.query.get('r')).toBe('7');
    }
  });

  it('survives an encoding that is broken', () => {
    expect(parseRoute('#/learn/%E0%A4%A')).toMatchObject({ page: 'lesson', lesson: '%E0%A4%A' });
  });

  it('takes a concept from the query as well', () => {
    expect(parseRoute('#/concepts?c=jitter')).toMatchObject({ page: 'concepts', concept: 'jitter' });
  });
});
