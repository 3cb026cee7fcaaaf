import type { Address, Command, WorldView } from '../../kernel/types.ts';
import type { World } from '../../scenarios/types.ts';
import {
  type Anchor,
  BoltIcon,
  CrossIcon,
  InfoIcon,
  LinkIcon,
  Menu,
  type MenuItem,
  PauseProcessIcon,
  PlusIcon,
  RestartProcessIcon,
  SlowIcon,
  TrashIcon,
} from '../../ui/index.ts';
import { nodeActions } from './nodeActions.ts';

export type NodeMenuProps = {
  readonly world: World;
  readonly view: WorldView;
  readonly address: Address;
  /** What people call it: "Worker 2". */
  readonly name: string;
  /** The image that it has, if it has one. */
  readonly itemId?: number;
  readonly anchor: Anchor;
  readonly onDeed: (command: Command) => void;
  readonly onInspect: () => void;
  readonly onFollow: (itemId: number) => void;
  readonly onClose: () => void;
};

const ICONS: { readonly [verb: string]: React.ReactNode } = {
  crash: <CrossIcon />,
  restart: <RestartProcessIcon />,
  pause: <PauseProcessIcon />,
  resume: <RestartProcessIcon />,
  slow: <SlowIcon />,
  wipeDisk: <TrashIcon />,
  submit: <PlusIcon />,
  redrive: <RestartProcessIcon />,
  outage: <BoltIcon />,
  recover: <RestartProcessIcon />,
};

const DANGEROUS = ['crash', 'wipeDisk', 'outage'];

/** What can be done to a node, beside it and never over it. */
export function NodeMenu({
  world,
  view,
  address,
  name,
  itemId,
  anchor,
  onDeed,
  onInspect,
  onFollow,
  onClose,
}: NodeMenuProps) {
  const items: (MenuItem | 'line')[] = nodeActions(world, view, address).map((action) => ({
    id: JSON.stringify(action.command),
    label: action.label,
    sentence: action.sentence,
    icon: ICONS[action.do],
    danger: DANGEROUS.includes(action.do),
    onSelect: () => onDeed(action.command),
  }));
  if (items.length > 0) items.push('line');
  if (itemId !== undefined) {
    items.push({
      id: 'follow',
      label: `Follow image ${itemId}`,
      sentence: 'Keeps it highlighted until it ends.',
      icon: <LinkIcon />,
      onSelect: () => onFollow(itemId),
    });
  }
  items.push({
    id: 'inspect',
    label: 'Inspect',
    sentence: 'Shows what it knows.',
    icon: <InfoIcon />,
    onSelect: onInspect,
  });
  return <Menu label={name} showLabel items={items} anchor={anchor} onClose={onClose} />;
}
