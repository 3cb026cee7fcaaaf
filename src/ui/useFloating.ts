import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Place, placeBeside, type Rect, type Side } from './placement.ts';

/** What a floating thing is about: a rectangle in the window (or a point, with no size), or something that has one. */
export type Anchor = Rect | Element;

const rectOf = (anchor: Anchor): Rect => (anchor instanceof Element ? anchor.getBoundingClientRect() : anchor);

type Focusable = Element & { focus(): void };
const isFocusable = (element: Element | null): element is Focusable =>
  element !== null && element !== document.body && 'focus' in element;

/**
 * For the `popover` attribute: the platform's top layer lies above everything, dialogs included, and is cut off by nothing. Without
 * it (older phones, jsdom) the attribute alone would hide the element.
 */
export const topLayer =
  typeof HTMLElement !== 'undefined' && 'showPopover' in HTMLElement.prototype ? 'manual' : undefined;

/**
 * Places a floating thing beside its anchor, closes it on Esc, outside press and a change of the window, and gives the focus back
 * to where it was.
 */
export function useFloating(
  floating: RefObject<HTMLElement | null>,
  anchor: Anchor,
  order: readonly Side[],
  onClose: () => void,
): { readonly place: Place | undefined; readonly giveBackFocus: () => void } {
  const [place, setPlace] = useState<Place>();
  const opener = useRef<Element | null>(null);
  const close = useRef(onClose);
  close.current = onClose;

  const giveBackFocus = () => {
    if (isFocusable(opener.current) && opener.current.isConnected) opener.current.focus();
  };

  // The anchor is taken once, when it opens.
  useLayoutEffect(() => {
    opener.current = document.activeElement;
    const element = floating.current;
    if (!element) return;
    if (topLayer) element.showPopover();
    const window_ = { width: document.documentElement.clientWidth, height: window.innerHeight };
    setPlace(placeBeside(rectOf(anchor), { width: element.offsetWidth, height: element.offsetHeight }, window_, order));
  }, []);

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target as Node;
      if (floating.current?.contains(target)) return;
      // A press on its own button is that button's affair.
      if (anchor instanceof Element && anchor.contains(target)) return;
      close.current();
      // The press may move the focus itself; only where it would be lost it goes back.
      requestAnimationFrame(() => {
        if (document.activeElement === null || document.activeElement === document.body) giveBackFocus();
      });
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
      giveBackFocus();
    };
    const onResize = () => close.current();
    document.addEventListener('pointerdown', onPointerDown, true);
    document.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('resize', onResize);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
      document.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('resize', onResize);
    };
  }, []);

  return { place, giveBackFocus };
}
