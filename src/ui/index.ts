export { type Arrival, arrival } from './arrival.tsx';
export { Boundary } from './Boundary.tsx';
export { Button, type ButtonLook, LinkButton } from './Button.tsx';
export { cx } from './cx.ts';
export { Dialog, type DialogProps } from './Dialog.tsx';
export type { IconProps } from './drawIcon.tsx';
export { Figure } from './Figure.tsx';
export { formatCount, formatDuration, formatNumber, formatRate, formatShare, formatTime } from './format.ts';
export { type HelpSection, isTyping, useHelpSection, useHelpSections } from './help.ts';
export { IconButton } from './IconButton.tsx';
export * from './icons.tsx';
export { Kbd } from './Kbd.tsx';
export { Lamp, LampGlyph, type LampState } from './Lamp.tsx';
export { lazyPart } from './lazyPart.tsx';
export { Menu, MenuButton, type MenuItem, type MenuProps } from './Menu.tsx';
export * from './moreIcons.tsx';
export { NumberField, type NumberFieldProps } from './NumberField.tsx';
export { Panel, type PanelProps } from './Panel.tsx';
export { Popover, PopoverButton, type PopoverProps } from './Popover.tsx';
export { fetchParts, type PartsProgress, partsStore, registerPart, retryFailedParts } from './parts.ts';
export { type Place, placeBeside, type Rect, type Side, type Size } from './placement.ts';
export { Segmented, type SegmentedProps } from './Segmented.tsx';
export { Select, type SelectProps } from './Select.tsx';
export { Slider, type SliderProps } from './Slider.tsx';
export { StatusLine } from './StatusLine.tsx';
export { Switch, type SwitchProps } from './Switch.tsx';
export { type Tab, Tabs, type TabsProps } from './Tabs.tsx';
export { Trouble } from './Trouble.tsx';
export {
  applyTheme,
  isTheme,
  readThemeChoice,
  resolveTheme,
  storeThemeChoice,
  THEMES,
  type Theme,
  type ThemeChoice,
} from './theme.ts';
export type { Anchor } from './useFloating.ts';
export { useMediaQuery } from './useMediaQuery.ts';
export { VisuallyHidden } from './VisuallyHidden.tsx';
